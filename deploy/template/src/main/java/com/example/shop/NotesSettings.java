package com.example.shop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Settings below {@code stowage.io.<key>} of a manager of type {@code notes}. */
@ConfigMapping
public interface NotesSettings {
  /** Where notes lie; made if it is not there. */
  Path folder();

  /** What the names of files end with. */
  @WithDefault("txt")
  String suffix();
}

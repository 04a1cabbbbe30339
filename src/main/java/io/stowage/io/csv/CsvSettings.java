package io.stowage.io.csv;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.stowage.io.object.ObjectIoSettings;

/** Settings of IO managers of type {@code csv}. */
@ConfigMapping
public interface CsvSettings extends ObjectIoSettings {
  /** What stands between fields. */
  @WithDefault(",")
  char separator();
}

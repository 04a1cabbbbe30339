package io.stowage.store.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Settings of a store of type {@code file}. */
@ConfigMapping
public interface FileSettings {
  /** The folder. Nothing outside of it is read or written, symbolic links included. */
  Path path();

  /**
   * Whether an object and its folder are forced to the disk before it counts as stored. Without it
   * a power cut can lose objects that the ledger has; a crash of the process cannot.
   */
  @WithDefault("true")
  boolean fsync();

  /** Whether the folder is created at start-up if it is not there. */
  @WithDefault("false")
  boolean createFolder();
}

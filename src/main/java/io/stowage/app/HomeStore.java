package io.stowage.app;

import io.stowage.store.file.FileSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The store that serves under the name {@code default} where none is configured: files below the
 * home folder. Not by properties: those would be in the way of whoever configures one of another
 * type.
 */
record HomeStore(Path path) implements FileSettings {
  static final String NAME = "default";

  static HomeStore below(Optional<String> home) {
    Path folder =
        home.map(Path::of).orElseGet(() -> Path.of(System.getProperty("user.home"), ".stowage"));
    return new HomeStore(folder.resolve("storage").toAbsolutePath());
  }

  @Override
  public boolean createFolder() {
    return true;
  }

  @Override
  public boolean fsync() {
    return true;
  }
}

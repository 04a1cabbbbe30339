package io.stowage.io.flat;

import io.stowage.store.ObjectStore;
import io.stowage.store.file.FileObjectStore;
import io.stowage.store.file.FileSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileFlatLayoutTest extends FlatLayoutContract {
  private final ObjectStore store;

  FileFlatLayoutTest(@TempDir Path folder) {
    store = new FileObjectStore("test", new Settings(folder, false, false));
  }

  private record Settings(Path path, boolean fsync, boolean createFolder) implements FileSettings {}

  @Override
  ObjectStore store() {
    return store;
  }
}

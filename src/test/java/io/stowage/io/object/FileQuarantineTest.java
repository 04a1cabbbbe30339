package io.stowage.io.object;

import io.stowage.store.ObjectStore;
import io.stowage.store.file.FileObjectStore;
import io.stowage.store.file.FileSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileQuarantineTest extends QuarantineContract {
  private final Path folder;

  FileQuarantineTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private record Settings(Path path, boolean fsync, boolean createFolder) implements FileSettings {}

  @Override
  ObjectStore store() {
    return new FileObjectStore("test", new Settings(folder, false, false));
  }
}

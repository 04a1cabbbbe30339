package io.stowage.io.integrity;

import io.stowage.store.ObjectStore;
import io.stowage.store.file.FileObjectStore;
import io.stowage.store.file.FileSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileIntegrityTest extends IntegrityContract {
  private final Path folder;

  FileIntegrityTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private record Settings(Path path, boolean fsync, boolean createFolder) implements FileSettings {}

  @Override
  ObjectStore store() {
    return new FileObjectStore("test", new Settings(folder, false, false));
  }
}

package io.stowage.faults;

import io.stowage.process.Stowage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How our processes are started: the packaged application on a JVM, or the binary. */
enum Program {
  JVM {
    @Override
    List<String> command() {
      return Stowage.onJvm("384m");
    }
  },
  BINARY {
    @Override
    List<String> command() {
      return List.of(binary().toString(), "-Xmx384m");
    }
  };

  abstract List<String> command();

  static Path binary() {
    return Path.of(System.getProperty("native.image.path"));
  }

  /** The one that {@code faults.program} names; else the one that was built. */
  static Program chosen() {
    String named = System.getProperty("faults.program", "");
    if (!named.isEmpty()) {
      return valueOf(named.toUpperCase(java.util.Locale.ROOT));
    }
    return Files.exists(Path.of("target/quarkus-app/quarkus-run.jar")) ? JVM : BINARY;
  }
}

package io.stowage.process;

import java.nio.file.Path;
import java.util.List;

/** The packaged application on a JVM. */
class JvmProcessIT extends ProcessContract {
  @Override
  List<String> program() {
    return program("1g");
  }

  @Override
  List<String> program(String mostHeap) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + mostHeap,
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-jar",
        "target/quarkus-app/quarkus-run.jar");
  }
}

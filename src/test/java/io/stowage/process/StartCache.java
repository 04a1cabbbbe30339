package io.stowage.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a JVM loads at the start of our program, ready to be mapped (JEP 514), as {@code
 * deploy/Dockerfile.jvm} has it: a start takes half the time, and tests start many. Written once
 * for each packaged program.
 */
final class StartCache {
  private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Path FILE = Path.of("target", "quarkus-app", "stowage.aot");

  /** Ten seconds on an idle machine; after the program has ended, its JVM writes. */
  private static final Duration WRITTEN = Duration.ofMinutes(5);

  private static boolean tried;

  private StartCache() {}

  /**
   * The option of the JVM, none where it could not be written: all is well without, only slower.
   */
  static synchronized List<String> option(List<String> java) {
    try {
      if (!Files.exists(FILE)
          || Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(PROGRAM)) < 0) {
        Files.deleteIfExists(FILE);
        if (!tried) {
          tried = true;
          write(java);
        }
      }
      return Files.exists(FILE) ? List.of("-XX:AOTCache=" + FILE) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A worker that finds no control plane has loaded nearly all that any command needs. */
  private static void write(List<String> java) throws IOException {
    var program = new ArrayList<>(java);
    program.addAll(List.of("-XX:AOTCacheOutput=" + FILE, "-jar", PROGRAM.toString()));
    var nowhere =
        Map.of("STOWAGE_CONTROL_URL", "http://127.0.0.1:1", "STOWAGE_WORKER_START_BUDGET", "0s");
    try (var worker = Stowage.start(program, nowhere, "worker", "--once")) {
      worker.exitCode(WRITTEN);
    } catch (AssertionError e) {
      System.getLogger("stowage.test").log(Level.WARNING, "no cache: starts are slow: {0}", e);
      Files.deleteIfExists(FILE);
    }
  }
}

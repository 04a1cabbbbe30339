package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours, started by a command line: the packaged application on a JVM, or the binary.
 * Ended by whoever started it.
 */
public final class Stowage implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;
  private final long started = System.nanoTime();

  private Stowage(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** The packaged application on a JVM with so large a heap at the most. */
  public static List<String> onJvm(String mostHeap) {
    var java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + mostHeap,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    var command = new ArrayList<>(java);
    command.addAll(StartCache.option(java));
    command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
    return command;
  }

  /** The binary; whoever asks for it is skipped, by name, in a build that does not make one. */
  static Path binary() {
    assumeTrue(
        Boolean.getBoolean("native.image.required"),
        "the binary is built and tested by './mvnw verify -Pnative', given a GRAALVM_HOME");
    Path binary = Path.of(System.getProperty("native.image.path"));
    assertThat(binary).isExecutable();
    return binary;
  }

  /** Starts a command; what it prints goes to a file below {@code target}. */
  public static Stowage start(
      List<String> program, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    try {
      Files.createDirectories(Path.of("target", "processes"));
      Path log = Files.createTempFile(Path.of("target", "processes"), arguments[0] + "-", ".log");
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
      builder.environment().putAll(environment);
      return new Stowage(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  public static Ended run(
      List<String> program, Map<String, String> environment, String... arguments) {
    try (var stowage = start(program, environment, arguments)) {
      int code = stowage.exitCode(Duration.ofSeconds(60));
      return new Ended(code, stowage.output());
    }
  }

  public record Ended(int code, String output) {}

  public int exitCode(Duration within) {
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + within + ": " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the address answers with 200; milliseconds since the start. */
  public long awaitReady(String url) {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2)).build();
    long[] ready = new long[1];
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("ended with " + process.exitValue() + ": " + output());
              }
              boolean ok = HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
              ready[0] = System.nanoTime();
              return ok;
            });
    return (ready[0] - started) / 1_000_000;
  }

  /** Resident memory in MiB; -1 where the system does not tell. */
  long residentMib() {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(-1L);
    } catch (IOException e) {
      return -1;
    }
  }

  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9}. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As {@code kill -STOP}: nothing of it runs until {@link #thaw}. */
  public void freeze() {
    signal("STOP");
  }

  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot send SIG" + name, e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill}: SIGTERM, and waits for the end. */
  public int stop() {
    terminate();
    return exitCode(Duration.ofSeconds(60));
  }

  /** As {@code kill}: SIGTERM, and does not wait. */
  public void terminate() {
    process.destroy();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  public static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

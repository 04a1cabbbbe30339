package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus' own tool. Where it is not there, its tests are skipped, in CI they fail. */
final class Promtool {
  private static final Path RULES = Path.of("deploy", "prometheus");

  private final String program;

  private Promtool(String program) {
    this.program = program;
  }

  /** The one that the environment names, that of the path, or that which CI unpacked before. */
  static Promtool find() {
    return Stream.concat(
            Optional.ofNullable(System.getenv("STOWAGE_PROMTOOL")).stream(),
            Stream.concat(onThePath(), Stream.of(cached())))
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .map(Promtool::new)
        .orElseGet(Promtool::missing);
  }

  private static Promtool missing() {
    String what = "there is no promtool: install Prometheus, or run .ci/promtool once";
    return Boolean.parseBoolean(System.getenv("STOWAGE_REQUIRE_TOOLS")) ? fail(what) : abort(what);
  }

  private static Stream<String> onThePath() {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "promtool").toString());
  }

  private static String cached() {
    String home = System.getProperty("user.home");
    String cache =
        Optional.ofNullable(System.getenv("STOWAGE_CACHE"))
            .or(
                () ->
                    Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).map(at -> at + "/stowage"))
            .orElse(home + "/.cache/stowage");
    return Path.of(cache, "prometheus", "usr", "bin", "promtool").toString();
  }

  /** Runs it beside the rules; fails where it finds fault. */
  String run(String input, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(RULES.toFile()).redirectErrorStream(true).start();
    try (var to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
    return output;
  }
}

package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What all commands have in common. */
class CommandsTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String RUN = "0199f0c2-7b1a-7c3e-9d52-3f6a1c0e8b11";

  /** They ask nobody; what they print is a log, or a script. */
  private static final Set<String> PROCESSES =
      Set.of("serve", "worker", "dev", "migrate", "completion");

  /** They start the application, and have tests of their own. */
  private static final Set<String> APPLICATIONS = Set.of("value", "doctor");

  private record Ended(int code, String out, String err) {}

  private static Ended stowage(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  /** Each command with its whole name, {@code backfill pause}. */
  static Stream<CommandLine> commands() {
    return below(Main.commandLine());
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .flatMap(each -> Stream.concat(Stream.of(each), below(each)));
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName().substring("stowage ".length());
  }

  @Test
  void theHelpFitsAScreenAndNamesEachCommand() {
    Ended help = stowage("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out().lines().toList()).hasSizeLessThanOrEqualTo(24);
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80, "fits 80 columns");
    var named = new TreeSet<String>();
    CommandHelp.COMMANDS.keySet().forEach(line -> named.addAll(List.of(line.split(", "))));
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(Main.commandLine().getSubcommands().keySet());
    CommandHelp.COMMANDS.forEach((names, what) -> assertThat(help.out()).contains(names, what));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachHelpTellsTheExitCodesAndFits80Columns(CommandLine command) {
    var arguments = new ArrayList<>(List.of(name(command).split(" ")));
    arguments.add("--help");
    Ended help = stowage(arguments.toArray(String[]::new));
    assertThat(help.out()).contains("Exit codes:", "  0    ", "  2    wrong usage", "  70   a bug");
    assertThat(help.out().contains("69   ")).isTrue();
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80, "fits 80 columns");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachCommandThatPrintsAnAnswerHasJson(CommandLine command) {
    boolean json = command.getCommandSpec().findOption("--json") != null;
    assertThat(json).isNotEqualTo(PROCESSES.contains(name(command)));
  }

  static Stream<String> calls() {
    return Stream.of(
        "submit weather/monthly -p 2012-03",
        "submit weather/monthly -p 2012-03 --wait",
        "run " + RUN,
        "run " + RUN + " --no-follow",
        "run " + RUN + " --cancel",
        "run " + RUN + " --retry",
        "runs",
        "asset weather/monthly",
        "assets",
        "jobs",
        "materializations",
        "backfill weather --no-wait",
        "backfill show " + RUN + " --no-follow",
        "backfill pause " + RUN,
        "backfill resume " + RUN,
        "backfill cancel " + RUN,
        "backfill retry " + RUN + " --no-wait",
        "backfills",
        "schedules",
        "schedule pause almanac",
        "partitions towns",
        "sweep",
        "wipe weather/monthly --yes",
        "queues",
        "queue pause default",
        "workers",
        "dead",
        "dead --redrive --queue default");
  }

  @Test
  void eachCommandThatAsksIsCalledHere() {
    assertThat(calls().toList())
        .allSatisfy(call -> assertThat(call).isNotBlank())
        .satisfies(
            all ->
                assertThat(
                        commands()
                            .map(CommandsTest::name)
                            .filter(each -> !PROCESSES.contains(each))
                            .filter(each -> !APPLICATIONS.contains(each)))
                    .allMatch(
                        each ->
                            all.stream().anyMatch(call -> (call + " ").startsWith(each + " "))));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void printsOneJsonDocumentWhereItIsAskedFor(String call) throws IOException {
    try (var server = new ExampledServer()) {
      Ended ended = stowage((call + " --json --url " + server.url()).split(" "));
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isZero();
      assertThat(JSON.readTree(ended.out()).isContainerNode()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void printsWhatAPersonReadsOtherwise(String call) throws IOException {
    try (var server = new ExampledServer()) {
      Ended ended = stowage((call + " --url " + server.url()).split(" "));
      assertThat(ended.err()).isEmpty();
      assertThat(ended.code()).isZero();
      assertThat(ended.out()).isNotBlank().doesNotContain("{\"", "null");
    }
  }

  @Test
  void exitCodesAreThoseThatTheHelpTells(@TempDir Path folder) throws IOException {
    assertThat(stowage("runs", "--url", "http://127.0.0.1:1").code()).isEqualTo(69);
    assertThat(stowage("runs", "--nonsense").code()).isEqualTo(2);
    Ended noUrl = stowage("runs", "--url", "::");
    assertThat(noUrl.code()).isEqualTo(64);
    assertThat(noUrl.err()).contains("'::' is no URL");
    Ended refused = stowage("wipe", "weather/monthly", "--url", "http://127.0.0.1:1");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("--yes");
    assertThat(Files.list(folder)).isEmpty();
  }

  @Test
  void aContextIsForWhoAsksAControlPlaneAndDoesNotSayWhich() {
    Ended both = stowage("runs", "--context", "prod", "--url", "http://127.0.0.1:1");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("--context and --url are both given");
    Ended none = stowage("--context", "prod", "migrate");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("'migrate' asks no control plane");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void theCompletionScriptCompletes(String shell, @TempDir Path folder) throws Exception {
    Ended script = stowage("completion", shell);
    assertThat(script.code()).isZero();
    Path file = Files.writeString(folder.resolve("completion"), script.out());
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(each -> Files.isExecutable(Path.of(each, shell))),
        "there is no " + shell);
    assertThat(completed(shell, file, "stowage", "back")).contains("backfill", "backfills");
    assertThat(completed(shell, file, "stowage", "runs", "--st")).contains("--state");
    assertThat(completed(shell, file, "stowage", "schedule", "")).contains("PAUSE", "RESUME");
  }

  /** What the shell offers after these words, by the function that the script defines. */
  private static List<String> completed(String shell, Path script, String... words)
      throws Exception {
    String asked =
        "source "
            + script
            + "; COMP_WORDS=("
            + String.join(" ", Arrays.stream(words).map(each -> "'" + each + "'").toList())
            + "); COMP_CWORD="
            + (words.length - 1)
            + "; COMP_LINE='"
            + String.join(" ", words)
            + "'; COMP_POINT=${#COMP_LINE}; _complete_stowage; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process process =
        new ProcessBuilder(shell, "-c", (shell.equals("zsh") ? "setopt ksharrays; " : "") + asked)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String offered = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return offered.lines().map(String::strip).toList();
  }
}

package io.stowage.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What the help says beside what each command says of itself. */
final class CommandHelp {
  /** In place of picocli's list, which is longer than a screen: what belongs together is a line. */
  static final Map<String, String> COMMANDS = commands();

  private static final int NAMES = 22;

  private CommandHelp() {}

  private static Map<String, String> commands() {
    var lines = new LinkedHashMap<String, String>();
    lines.put("submit", "asks for a run of assets, or of a job");
    lines.put("run, runs", "shows, follows, cancels or retries a run; lists runs");
    lines.put("backfill, backfills", "asks for many partitions, pauses, cancels; lists them");
    lines.put("asset, assets, jobs", "shows an asset; lists assets and jobs");
    lines.put("value", "shows a stored value, or writes it to a file");
    lines.put("materializations", "lists what was stored");
    lines.put("partitions", "lists, adds and removes partition keys");
    lines.put("schedule, schedules", "pauses and resumes what the clock runs; lists it");
    lines.put("sweep, wipe", "remove old materializations; all of an asset");
    lines.put("queue, queues", "pauses, drains, resumes a queue; lists queues");
    lines.put("workers, dead", "lists workers; runs whose attempts are exhausted");
    lines.put("doctor", "examines this machine, and says what to do");
    lines.put("serve, migrate", "runs the control plane; migrates its database");
    lines.put("worker, dev", "executes runs; control plane and worker in one");
    lines.put("completion", "prints a script for bash or zsh");
    return lines;
  }

  static void apply(CommandLine root) {
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, _ -> list());
    root.getSubcommands().values().forEach(CommandHelp::tellExitCodes);
  }

  private static String list() {
    return COMMANDS.entrySet().stream()
        .map(line -> "  " + pad(line.getKey()) + line.getValue() + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static String pad(String names) {
    return names + " ".repeat(NAMES - names.length());
  }

  /** Those of a command that says no others. */
  private static void tellExitCodes(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.exitCodeListHeading("%nExit codes:%n");
    if (usage.exitCodeList().isEmpty()) {
      usage.exitCodeList(asksControlPlane(command) ? CLIENT : LOCAL);
    }
    command.getSubcommands().values().forEach(CommandHelp::tellExitCodes);
  }

  static boolean asksControlPlane(CommandLine command) {
    return command.getCommandSpec().findOption("--url") != null;
  }

  private static final Map<String, String> LOCAL =
      codes(
          "0",
          "done",
          "2",
          "wrong usage",
          "64",
          "configuration",
          "69",
          "out of reach",
          "70",
          "a bug");

  private static final Map<String, String> CLIENT =
      codes(
          "0", "done",
          "1", "refused, or what was followed did not succeed",
          "2", "wrong usage",
          "64", "configuration",
          "69", "the control plane or what it needs is out of reach",
          "70", "a bug");

  private static Map<String, String> codes(String... words) {
    var codes = new LinkedHashMap<String, String>();
    for (int i = 0; i < words.length; i += 2) {
      codes.put(words[i], words[i + 1]);
    }
    return codes;
  }
}

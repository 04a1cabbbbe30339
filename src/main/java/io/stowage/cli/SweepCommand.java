package io.stowage.cli;

import io.stowage.protocol.RunKind;
import io.stowage.protocol.SubmitRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description =
        "Removes old materializations, and what lost attempts left in the stores; a worker does"
            + " it.",
    footer = {
      "",
      "What is current, and what a run under way may be reading, always stays.",
      "",
      "Examples:",
      "  stowage sweep --dry-run",
      "  stowage sweep weather --keep 3 --older-than 30d"
    })
final class SweepCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Parameters(
      paramLabel = "ASSETS",
      arity = "0..*",
      description =
          "Keys, 'prefix/*', '*key', 'key+', 'group:name', 'tag:name=value' (default: all).")
  private List<String> assets = List.of();

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "Of each partition keep the last N (default: the IO manager's retention.keep).")
  private @Nullable Integer keep;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description =
          "Remove only what is older: 30d, 12h (default: the IO manager's retention.age).")
  private @Nullable String olderThan;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = "Keep what was replaced only so long ago (default: 1h).")
  private @Nullable String grace;

  @Option(
      names = "--orphan-grace",
      paramLabel = "TIME",
      description = "Leave objects that nothing names for so long (default: 1d).")
  private @Nullable String orphanGrace;

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean dryRun;

  @Option(names = "--queue", paramLabel = "NAME", description = "The queue (default: default).")
  private @Nullable String queue;

  @Option(names = "--no-wait", description = "Do not follow it.")
  private boolean noWait;

  @Override
  public Integer call() {
    var options = new LinkedHashMap<String, Object>();
    put(options, "keep", keep);
    put(options, "older-than", olderThan);
    put(options, "grace", grace);
    put(options, "orphan-grace", orphanGrace);
    options.put("dry-run", dryRun);
    var request =
        SubmitRequest.of(assets).queue(queue).kind(RunKind.SWEEP.word()).options(options).build();
    return new Removal(remote).submit(request, !noWait);
  }

  private static void put(Map<String, Object> options, String name, @Nullable Object value) {
    if (value != null) {
      options.put(name, value);
    }
  }
}

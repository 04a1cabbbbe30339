package io.stowage.cli;

import io.stowage.protocol.BackfillRequest;
import io.stowage.protocol.BackfillView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = "Asks for many partitions, upstream ones first; follows them.",
    subcommands = {
      BackfillChange.Show.class,
      BackfillChange.Pause.class,
      BackfillChange.Resume.class,
      BackfillChange.Cancel.class,
      BackfillChange.Retry.class
    },
    footer = {
      "",
      "Examples:",
      "  stowage backfill 'weather/*' --from 2012-01 --to 2012-12",
      "  stowage backfill '*weather/report'",
      "  stowage backfill pause 01890a5d-ac96-774b-bcce-b302099a8057"
    })
final class BackfillCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Spec private @Nullable CommandSpec command;

  @Parameters(
      paramLabel = "ASSETS",
      arity = "0..*",
      description = "Keys, 'prefix/*', '*key', 'key+', 'group:name', 'tag:name=value'.")
  private List<String> assets = List.of();

  @Option(
      names = {"-p", "--partition"},
      paramLabel = "KEY",
      description = "A partition (default: all).")
  private List<String> partitions = List.of();

  @Option(names = "--from", paramLabel = "KEY", description = "The first partition of a range.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "KEY", description = "The last partition of a range.")
  private @Nullable String to;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Overrides a setting for its runs: io.<key>.<setting>=…")
  private Map<String, String> settings = Map.of();

  @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "A tag of its runs.")
  private Map<String, String> tags = Map.of();

  @Option(names = "--queue", paramLabel = "NAME", description = "The queue (default: default).")
  private @Nullable String queue;

  @Option(names = "--wait", description = "Follow it (default).")
  private boolean wait;

  @Option(names = "--no-wait", description = "Do not follow it.")
  private boolean noWait;

  @Override
  public Integer call() throws InterruptedException {
    if (assets.isEmpty()) {
      throw wrong(
          "no assets are named: a key, a group, or '*'; stowage backfills lists those of before");
    }
    if ((from == null) != (to == null) || (from != null && !partitions.isEmpty())) {
      throw wrong(
          "a range has two ends: give --from and --to, and no --partition; or neither for all partitions");
    }
    if (wait && noWait) {
      throw wrong("--wait and --no-wait are both given");
    }
    Object range = from == null || to == null ? null : Map.of("from", from, "to", to);
    var request =
        new BackfillRequest(
            assets,
            partitions.isEmpty() ? range : partitions,
            queue,
            SubmitCommand.config(settings),
            tags.isEmpty() ? null : tags);
    return new BackfillProgress(remote)
        .show(remote.post("/v1/backfills", request, BackfillView.class), !noWait);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
  }
}

package io.stowage.cli;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.SubmitRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "wipe",
    mixinStandardHelpOptions = true,
    description =
        "Removes all that is stored of assets, the current materializations too; a worker does it.",
    footer = {
      "",
      "The history stays, and shows them as removed. Data that a run under way may be reading",
      "is no longer found at once, and deleted by a sweep after it.",
      "",
      "Examples:",
      "  stowage wipe weather/monthly --partition 2012-03 --dry-run",
      "  stowage wipe weather/monthly --yes"
    })
final class WipeCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Parameters(
      paramLabel = "ASSETS",
      arity = "1..*",
      description = "Keys, 'prefix/*', '*key', 'key+', 'group:name', 'tag:name=value'.")
  private List<String> assets = List.of();

  @Option(
      names = {"-p", "--partition"},
      paramLabel = "KEY",
      description = "That partition alone; may be given several times.")
  private List<String> partitions = List.of();

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Remove it: there is no way back.")
  private boolean yes;

  @Option(names = "--queue", paramLabel = "NAME", description = "The queue (default: default).")
  private @Nullable String queue;

  @Option(names = "--no-wait", description = "Do not follow it.")
  private boolean noWait;

  @Override
  public Integer call() {
    if (!dryRun && !yes) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "a wipe cannot be taken back: give --dry-run to see what would be removed, or --yes to"
              + " remove it");
    }
    var request =
        SubmitRequest.of(assets)
            .partitions(partitions.isEmpty() ? null : partitions)
            .queue(queue)
            .kind(RunKind.WIPE.word())
            .options(Map.of("dry-run", dryRun))
            .build();
    return new Removal(remote).submit(request, !noWait);
  }
}

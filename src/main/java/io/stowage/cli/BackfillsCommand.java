package io.stowage.cli;

import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Page;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "backfills",
    mixinStandardHelpOptions = true,
    description = "Lists backfills, the newest first.")
final class BackfillsCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many (default: ${DEFAULT-VALUE}; at most 200).")
  private int limit;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where the last list ended.")
  private @Nullable String cursor;

  @Override
  public Integer call() {
    Page<BackfillView> page =
        remote.page(
            "/v1/backfills?limit=" + limit + RunsCommand.parameter("cursor", cursor),
            BackfillView.class);
    if (remote.asJson()) {
      remote.printJson(page);
      return 0;
    }
    var table =
        new Table(
            "BACKFILL",
            "STATE",
            "TOTAL",
            "WAITING",
            "LIVE",
            "OK",
            "FAILED",
            "SKIPPED",
            "CANCELED",
            "ASSETS");
    page.items().forEach(view -> row(table, view));
    table.print(remote.out());
    if (page.cursor() != null) {
      remote.out().println("more: stowage backfills --cursor " + page.cursor());
    }
    return 0;
  }

  private static void row(Table table, BackfillView view) {
    var counts = view.counts();
    table.row(
        view.id(),
        view.state(),
        view.total(),
        counts.get("waiting"),
        counts.get("live"),
        counts.get("succeeded"),
        counts.get("failed"),
        counts.get("skipped"),
        counts.get("canceled"),
        String.join(" ", view.assets()));
  }
}

package io.stowage.cli;

import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Page;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "backfills",
    mixinStandardHelpOptions = true,
    description = "Lists backfills, the newest first.")
final class BackfillsCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();
  @Mixin private final Paging paging = new Paging();

  @Override
  public Integer call() {
    Page<BackfillView> page = remote.page("/v1/backfills" + paging.query(), BackfillView.class);
    if (remote.asJson()) {
      remote.printJson(page);
      return 0;
    }
    var table = new Table("BACKFILL", "STATE", "OK", "FAILED", "LEFT", "ASSETS");
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
        counts.getOrDefault("succeeded", 0) + "/" + view.total(),
        counts.getOrDefault("failed", 0),
        counts.getOrDefault("waiting", 0) + counts.getOrDefault("live", 0),
        String.join(" ", view.assets()));
  }
}

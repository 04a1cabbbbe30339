package io.stowage.cli;

import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Page;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "materializations",
    mixinStandardHelpOptions = true,
    description = "Lists what was stored, the newest first.")
final class MaterializationsCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();
  @Mixin private final Paging paging = new Paging();

  @Parameters(paramLabel = "ASSET", arity = "0..1", description = "Of that asset alone.")
  private @Nullable String asset;

  @Option(
      names = {"-p", "--partition"},
      paramLabel = "KEY",
      description = "Of that partition alone.")
  private @Nullable String partition;

  @Option(names = "--current", description = "Without those that newer ones took the place of.")
  private boolean current;

  @Override
  public Integer call() {
    Page<MaterializationView> page =
        remote.page(
            "/v1/materializations"
                + paging.query()
                + "&current="
                + current
                + RunsCommand.parameter("asset", asset)
                + RunsCommand.parameter("partition", partition),
            MaterializationView.class);
    if (remote.asJson()) {
      remote.printJson(page);
      return 0;
    }
    var table = new Table("ASSET", "PARTITION", "ROWS", "BYTES", "CURRENT", "LOCATION");
    page.items()
        .forEach(
            view ->
                table.row(
                    view.asset(),
                    view.partition().isEmpty() ? "-" : view.partition(),
                    view.rows() < 0 ? "-" : view.rows(),
                    view.bytes() < 0 ? "-" : view.bytes(),
                    view.removedAt() != null ? "removed" : view.current() ? "yes" : "no",
                    view.location()));
    table.print(remote.out());
    if (page.cursor() != null) {
      remote.out().println("more: --cursor " + page.cursor());
    }
    return 0;
  }
}

package io.stowage.cli;

import io.stowage.protocol.Page;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunView;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists runs, the newest first.")
final class RunsCommand implements Callable<Integer> {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Mixin private final Remote remote = new Remote();
  @Mixin private final Paging paging = new Paging();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "live, queued, running, succeeded, failed, dead, canceled, …")
  private @Nullable String state;

  @Option(names = "--queue", paramLabel = "NAME", description = "Of that queue alone.")
  private @Nullable String queue;

  @Override
  public Integer call() {
    Page<RunView> page =
        remote.page(
            "/v1/runs" + paging.query() + parameter("state", state) + parameter("queue", queue),
            RunView.class);
    if (remote.asJson()) {
      remote.printJson(page);
      return 0;
    }
    var table = new Table("RUN", "STATE", "SUBMITTED", "ASSETS");
    page.items()
        .forEach(
            run ->
                table.row(
                    run.id(),
                    run.state(),
                    TIME.format(run.submittedAt()),
                    (run.spec().kind().equals(RunKind.ASSET.word()) ? "" : run.spec().kind() + " ")
                        + RunCommand.asked(run.spec())
                        + (run.spec().partitions().isEmpty()
                            ? ""
                            : " " + run.spec().partitions())));
    table.print(remote.out());
    if (page.cursor() != null) {
      remote.out().println("more: stowage runs --cursor " + page.cursor());
    }
    return 0;
  }

  static String parameter(String name, @Nullable String value) {
    return value == null ? "" : "&" + name + "=" + Remote.encoded(value);
  }
}

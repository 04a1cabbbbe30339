package io.stowage.cli;

import io.stowage.protocol.DeadRun;
import io.stowage.protocol.RedriveRequest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dead",
    mixinStandardHelpOptions = true,
    description = "Lists the runs whose attempts are exhausted, or has new ones take their place.")
final class DeadCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Parameters(paramLabel = "RUN", description = "With --redrive: these runs.")
  private List<UUID> runs = List.of();

  @Option(names = "--queue", paramLabel = "QUEUE", description = "Only those of this queue.")
  private @Nullable String queue;

  @Option(names = "--reason", paramLabel = "CODE", description = "Only those of this reason.")
  private @Nullable String reason;

  @Option(names = "--redrive", description = "Submit them anew; what they committed stands.")
  private boolean redrive;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many at the most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    if (redrive) {
      redrive();
    } else {
      list();
    }
    return 0;
  }

  private void redrive() {
    var request = new RedriveRequest(runs.isEmpty() ? null : runs, queue, reason, limit);
    var answer = remote.post("/v1/dead/redrive", request, RedriveRequest.Answer.class);
    if (remote.asJson()) {
      remote.printJson(answer);
      return;
    }
    var table = new Table("DEAD", "RUN");
    answer.redriven().forEach(each -> table.row(each.dead(), each.run()));
    table.print(remote.out());
  }

  private void list() {
    String path =
        "/v1/dead?limit="
            + limit
            + (queue == null ? "" : "&queue=" + Remote.encoded(queue))
            + (reason == null ? "" : "&reason=" + Remote.encoded(reason));
    var page = remote.page(path, DeadRun.class);
    if (remote.asJson()) {
      remote.printJson(page);
      return;
    }
    var table = new Table("RUN", "QUEUE", "REASON", "ENDED", "MESSAGE");
    page.items()
        .forEach(
            dead ->
                table.row(
                    dead.id(),
                    dead.queue(),
                    dead.reason(),
                    RunsCommand.TIME.format(dead.endedAt()),
                    dead.message() == null ? "" : dead.message()));
    table.print(remote.out());
  }
}

package io.stowage.cli;

import io.stowage.protocol.WorkerView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "workers",
    mixinStandardHelpOptions = true,
    description = "Lists the sessions of workers: their queues, and what they hold.")
final class WorkersCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Override
  public Integer call() {
    var workers = remote.list("/v1/workers", WorkerView.class);
    if (remote.asJson()) {
      remote.printJson(workers);
      return 0;
    }
    var table = new Table("WORKER", "STATE", "BUSY", "SINCE", "LAST SEEN", "QUEUES");
    workers.forEach(
        each ->
            table.row(
                each.worker(),
                each.state(),
                each.leases().size() + "/" + each.slots(),
                RunsCommand.TIME.format(each.startedAt()),
                RunsCommand.TIME.format(each.lastSeenAt()),
                String.join(" ", each.queues())));
    table.print(remote.out());
    return 0;
  }
}

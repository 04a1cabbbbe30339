package io.stowage.cli;

import io.stowage.protocol.QueueStats;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "queues",
    mixinStandardHelpOptions = true,
    description = "Lists the queues: what waits, runs and pulls.")
final class QueuesCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Override
  public Integer call() {
    var queues = remote.list("/v1/queues", QueueStats.class);
    if (remote.asJson()) {
      remote.printJson(queues);
      return 0;
    }
    var table = new Table("QUEUE", "WAITING", "RUNNING", "OLDEST", "WORKERS", "SLOTS", "STATE");
    queues.forEach(
        queue ->
            table.row(
                queue.queue(),
                queue.depth(),
                queue.running(),
                Math.round(queue.oldestSeconds()) + " s",
                queue.sessions(),
                queue.slots(),
                queue.paused() ? "paused" : queue.draining() ? "draining" : "open"));
    table.print(remote.out());
    return 0;
  }
}

package io.stowage.cli;

import io.stowage.protocol.QueueStats;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    description = {
      "Pauses a queue (it hands out no runs), drains it (it takes none in),",
      "or resumes it from either."
    })
final class QueueCommand implements Callable<Integer> {
  enum Action {
    PAUSE,
    DRAIN,
    RESUME
  }

  @Mixin private final Remote remote = new Remote();

  @Parameters(index = "0", paramLabel = "ACTION", description = "pause, drain or resume")
  private @Nullable Action action;

  @Parameters(index = "1", paramLabel = "QUEUE", description = "The queue.")
  private @Nullable String queue;

  @Override
  public Integer call() {
    String word = String.valueOf(action).toLowerCase(Locale.ROOT);
    var stats =
        remote.post(
            "/v1/queues/" + Remote.encoded(String.valueOf(queue)) + "/" + word,
            null,
            QueueStats.class);
    if (remote.asJson()) {
      remote.printJson(stats);
    } else {
      remote
          .out()
          .println(
              "queue '"
                  + stats.queue()
                  + "' is "
                  + (stats.paused() ? "paused" : stats.draining() ? "draining" : "open")
                  + ": "
                  + stats.depth()
                  + " runs wait, "
                  + stats.running()
                  + " run");
    }
    return 0;
  }
}

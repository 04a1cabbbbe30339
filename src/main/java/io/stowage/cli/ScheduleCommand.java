package io.stowage.cli;

import io.stowage.protocol.ScheduleView;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "schedule",
    mixinStandardHelpOptions = true,
    description = "Pauses or resumes what is run by the clock.")
final class ScheduleCommand implements Callable<Integer> {
  enum Action {
    PAUSE,
    RESUME
  }

  @Mixin private final Remote remote = new Remote();

  @Parameters(index = "0", paramLabel = "ACTION", description = "pause or resume")
  private @Nullable Action action;

  @Parameters(index = "1", paramLabel = "SCHEDULE", description = "The asset's or the job's name.")
  private String schedule = "";

  @Option(
      names = "--queue",
      paramLabel = "NAME",
      description = "The queue, where several have a schedule of that name.")
  private @Nullable String queue;

  @Override
  public Integer call() {
    var view =
        remote.post(
            "/v1/schedules/"
                + String.valueOf(action).toLowerCase(Locale.ROOT)
                + "?schedule="
                + Remote.encoded(schedule)
                + RunsCommand.parameter("queue", queue),
            null,
            ScheduleView.class);
    if (remote.asJson()) {
      remote.printJson(view);
    } else {
      remote
          .out()
          .println(
              "schedule '"
                  + view.schedule()
                  + "' "
                  + (view.paused()
                      ? "is paused"
                      : "ticks at " + SchedulesCommand.time(view.next())));
    }
    return 0;
  }
}

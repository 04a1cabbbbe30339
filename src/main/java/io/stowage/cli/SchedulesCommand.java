package io.stowage.cli;

import io.stowage.protocol.ScheduleView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "schedules",
    mixinStandardHelpOptions = true,
    description = "Lists what is run by the clock, with the next and the last tick.")
final class SchedulesCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  @Mixin private final Remote remote = new Remote();

  @Override
  public Integer call() {
    var schedules = remote.list("/v1/schedules", ScheduleView.class);
    if (remote.asJson()) {
      remote.printJson(schedules);
      return 0;
    }
    var table = new Table("SCHEDULE", "CRON", "ZONE", "NEXT", "LAST", "STATE");
    schedules.forEach(
        each ->
            table.row(
                each.schedule(),
                each.cron(),
                each.zone(),
                each.paused() ? "paused" : time(each.next()),
                time(each.lastTick()),
                state(each)));
    table.print(remote.out());
    return 0;
  }

  static @Nullable String state(ScheduleView schedule) {
    return schedule.problem() == null ? schedule.lastRunState() : schedule.problem();
  }

  static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : TIME.format(time);
  }
}

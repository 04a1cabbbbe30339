package io.stowage.control.schedule;

import io.stowage.api.partition.CronSchedule;
import io.stowage.api.schedule.CatchUp;
import io.stowage.catalog.ScheduleDeclaration;
import io.stowage.catalog.ScheduleRules;
import io.stowage.plan.CronUtilsSchedules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a schedule ticks. */
record Ticks(ScheduleDeclaration declaration, CronSchedule cron, ZoneId zone) {
  /** A tick that was not looked at for so long is missed. */
  private static final Duration ON_TIME = Duration.ofMinutes(1);

  static Ticks of(ScheduleDeclaration declaration) {
    return new Ticks(
        declaration,
        new CronUtilsSchedules().apply(ScheduleRules.cron(declaration)),
        ScheduleRules.zone(declaration));
  }

  Instant next(Instant now) {
    return cron.next(now, zone);
  }

  /**
   * What is to be submitted now, the oldest first.
   *
   * @param after ticks up to then are done with
   * @param pending a tick that could not be submitted when it was on time
   */
  List<Instant> due(Instant after, Instant now, @Nullable Instant pending) {
    int most = declaration.catchUp() == CatchUp.ALL ? declaration.maxCatchUp() : 1;
    var due = new ArrayList<Instant>();
    Instant tick = cron.last(now, zone);
    while (tick.isAfter(after) && due.size() < most) {
      due.addFirst(tick);
      tick = cron.last(tick.minusNanos(1), zone);
    }
    if (declaration.catchUp() == CatchUp.NONE) {
      due.removeIf(each -> each.isBefore(now.minus(ON_TIME)) && !each.equals(pending));
    }
    return due;
  }
}

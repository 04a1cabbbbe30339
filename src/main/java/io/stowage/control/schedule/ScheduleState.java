package io.stowage.control.schedule;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a schedule has come.
 *
 * @param doneUntil ticks up to then were submitted, or left out
 * @param runState of the last run; null where it is not kept any more
 */
record ScheduleState(
    String cron,
    String zone,
    boolean paused,
    boolean gone,
    Instant doneUntil,
    @Nullable Instant tick,
    @Nullable UUID run,
    @Nullable Short live,
    @Nullable Short outcome,
    @Nullable Instant pending,
    @Nullable String problem) {
  static ScheduleState of(Row row) {
    return new ScheduleState(
        row.getString("cron"),
        row.getString("zone"),
        row.getBoolean("paused"),
        row.getBoolean("gone"),
        row.getOffsetDateTime("done_until").toInstant(),
        instant(row.getOffsetDateTime("tick")),
        row.getUUID("run_id"),
        row.getShort("live"),
        row.getShort("outcome"),
        instant(row.getOffsetDateTime("pending")),
        row.getString("problem"));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Whether it ticks as the catalog says it does. */
  boolean isOf(Scheduled scheduled) {
    return !gone
        && cron.equals(scheduled.declaration().cron())
        && zone.equals(scheduled.declaration().zone());
  }
}

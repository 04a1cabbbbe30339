package io.stowage.api.partition;

import java.time.Instant;
import java.time.ZoneId;

/**
 * When a cron expression fires. A function of its arguments: the same answer at any time, on any
 * thread.
 *
 * <p>Of a clock that is set back, an expression whose hour is any hour ({@code *} or <code>*&#47;n
 * </code>) fires at both occurrences of a local time, any other at the first only; of one that is
 * set forward, the former skips the local times that do not occur, the latter fires once at the
 * change.
 */
public interface CronSchedule {
  /** The first time strictly after the instant. */
  Instant next(Instant after, ZoneId zone);

  /** The last time at or before the instant. */
  Instant last(Instant atOrBefore, ZoneId zone);
}

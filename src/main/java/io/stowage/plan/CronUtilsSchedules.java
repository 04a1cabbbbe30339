package io.stowage.plan;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.CronSchedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.function.Function;

/**
 * Schedules of cron expressions by cron-utils: the function that a {@code PartitionContext} asks.
 *
 * <p>The library is asked about local times only, on a clock that is never changed. What a change
 * of the clock means is decided here, since keys must be unique and windows must not be empty.
 */
public final class CronUtilsSchedules implements Function<String, CronSchedule> {
  private final CronParser parser =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  @Override
  public CronSchedule apply(String expression) {
    try {
      Cron cron = parser.parse(expression).validate();
      var times = new LocalTimes(expression, ExecutionTime.forCron(cron));
      boolean anyHour = expression.strip().split("\\s+")[1].startsWith("*");
      return anyHour ? new EveryOccurrence(times) : new OneOccurrence(times);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "cron '" + expression + "' is no cron expression: " + e.getMessage(),
          e);
    }
  }

  /** When the expression fires on a clock that is never changed. */
  private record LocalTimes(String expression, ExecutionTime times) {
    LocalDateTime after(LocalDateTime time) {
      return local(times.nextExecution(time.atZone(ZoneOffset.UTC)));
    }

    LocalDateTime atOrBefore(LocalDateTime time) {
      return before(time.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    LocalDateTime before(LocalDateTime time) {
      return local(times.lastExecution(time.atZone(ZoneOffset.UTC)));
    }

    private LocalDateTime local(Optional<ZonedDateTime> time) {
      return time.map(ZonedDateTime::toLocalDateTime)
          .orElseThrow(
              () ->
                  new StowageException(
                      ErrorCode.INVALID_CONFIGURATION, "cron '" + expression + "' never fires"));
    }
  }

  /**
   * Whenever the clock on the wall shows a time of the expression: between two changes that is
   * plain arithmetic.
   */
  private record EveryOccurrence(LocalTimes times) implements CronSchedule {
    @Override
    public Instant next(Instant after, ZoneId zone) {
      ZoneRules rules = zone.getRules();
      Instant from = after;
      while (true) {
        ZoneOffset offset = rules.getOffset(from);
        Instant next = times.after(LocalDateTime.ofInstant(from, offset)).toInstant(offset);
        ZoneOffsetTransition change = rules.nextTransition(from);
        if (change == null || next.isBefore(change.getInstant())) {
          return next;
        }
        Instant changed = change.getInstant();
        LocalDateTime shown = change.getDateTimeAfter();
        if (times.atOrBefore(shown).equals(shown)) {
          return changed;
        }
        from = changed;
      }
    }

    @Override
    public Instant last(Instant atOrBefore, ZoneId zone) {
      ZoneRules rules = zone.getRules();
      Instant until = atOrBefore;
      while (true) {
        ZoneOffset offset = rules.getOffset(until);
        Instant last = times.atOrBefore(LocalDateTime.ofInstant(until, offset)).toInstant(offset);
        ZoneOffsetTransition change = rules.previousTransition(until.plusNanos(1));
        if (change == null || !last.isBefore(change.getInstant())) {
          return last;
        }
        until = change.getInstant().minusSeconds(1);
      }
    }
  }

  /**
   * Once for each time of the expression: at its first occurrence, or where the clock leaves it
   * out, at the change.
   */
  private record OneOccurrence(LocalTimes times) implements CronSchedule {
    @Override
    public Instant next(Instant after, ZoneId zone) {
      LocalDateTime local = LocalDateTime.ofInstant(after, zone);
      Instant next;
      do {
        local = times.after(local);
        next = instant(local, zone);
      } while (!next.isAfter(after));
      return next;
    }

    @Override
    public Instant last(Instant atOrBefore, ZoneId zone) {
      LocalDateTime local = LocalDateTime.ofInstant(atOrBefore, zone);
      ZoneOffsetTransition change = zone.getRules().getTransition(local);
      local = times.atOrBefore(change == null ? local : change.getDateTimeBefore());
      while (instant(local, zone).isAfter(atOrBefore)) {
        local = times.before(local);
      }
      return instant(local, zone);
    }

    private static Instant instant(LocalDateTime local, ZoneId zone) {
      ZoneOffsetTransition change = zone.getRules().getTransition(local);
      return change != null && change.isGap()
          ? change.getInstant()
          : local.atZone(zone).toInstant();
    }
  }
}

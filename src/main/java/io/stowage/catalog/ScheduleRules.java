package io.stowage.catalog;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.CronSchedule;
import io.stowage.api.partition.MultiPartitionsDefinition;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.TimeWindowPartitionsDefinition;
import io.stowage.api.partition.WindowCycle;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** What schedules mean, and whether they can be: of steps, of jobs, and of partitions by cron. */
public final class ScheduleRules {
  private static final int MOST_CATCH_UP = 1_000;
  private static final Instant ANY_TIME = Instant.parse("2026-01-01T00:00:00Z");

  private ScheduleRules() {}

  /**
   * When the schedule ticks, on the clock of its {@link #zone}.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where the expression is none
   */
  public static CronSchedule cron(ScheduleDeclaration schedule) {
    return new CronUtilsSchedules().apply(new WindowCycle.Cron(schedule.cron()).expression());
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where there is no such zone
   */
  public static ZoneId zone(ScheduleDeclaration schedule) {
    try {
      return schedule.zone().isEmpty() ? ZoneId.of("UTC") : ZoneId.of(schedule.zone());
    } catch (DateTimeException e) {
      throw fault("zone '" + schedule.zone() + "' is no time zone such as Europe/Zurich");
    }
  }

  /** A sentence for each, naming the method or the job's class. */
  static List<String> faults(Collection<AssetDeclaration> declarations) {
    var faults = new LinkedHashSet<String>();
    for (AssetDeclaration declaration : declarations) {
      declaration
          .schedule()
          .ifPresent(schedule -> add(faults, declaration.method(), () -> check(schedule)));
      declaration
          .job()
          .flatMap(JobDeclaration::schedule)
          .ifPresent(
              schedule -> add(faults, JobRules.owner(declaration), () -> checkJob(schedule)));
      declaration
          .partitions()
          .ifPresent(
              definition ->
                  crons(definition)
                      .forEach(time -> add(faults, declaration.method(), () -> check(time))));
    }
    return new ArrayList<>(faults);
  }

  private static void add(Collection<String> faults, String where, Runnable check) {
    try {
      check.run();
    } catch (StowageException e) {
      faults.add(where + ": " + e.getMessage());
    }
  }

  private static void check(ScheduleDeclaration schedule) {
    cron(schedule).next(ANY_TIME, zone(schedule));
    if (schedule.maxCatchUp() < 1 || schedule.maxCatchUp() > MOST_CATCH_UP) {
      throw fault(
          "maxCatchUp is " + schedule.maxCatchUp() + ", not 1 to " + MOST_CATCH_UP + " ticks");
    }
  }

  private static void checkJob(ScheduleDeclaration schedule) {
    check(schedule);
    if (schedule.upstream()) {
      throw fault("a job runs its ops, and no assets: leave upstream = true out of its schedule");
    }
  }

  private static Stream<TimeWindowPartitionsDefinition> crons(PartitionsDefinition definition) {
    Stream<? extends PartitionsDefinition> single =
        definition instanceof MultiPartitionsDefinition multi
            ? multi.byDimension().values().stream()
            : Stream.of(definition);
    return single
        .filter(TimeWindowPartitionsDefinition.class::isInstance)
        .map(TimeWindowPartitionsDefinition.class::cast)
        .filter(time -> time.cycle() instanceof WindowCycle.Cron);
  }

  private static void check(TimeWindowPartitionsDefinition time) {
    if (time.cycle() instanceof WindowCycle.Cron(String expression)) {
      new CronUtilsSchedules().apply(expression).next(ANY_TIME, time.zone());
    }
  }

  private static StowageException fault(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}

package io.stowage.catalog;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.WindowCycle;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** What schedules mean, and whether they can be. */
public final class ScheduleRules {
  private static final int MOST_CATCH_UP = 1_000;

  private ScheduleRules() {}

  /**
   * The five fields of a crontab by which the schedule ticks.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where the expression is none, or never
   *     fires
   */
  public static String cron(ScheduleDeclaration schedule) {
    return new WindowCycle.Cron(schedule.cron()).expression();
  }

  /**
   * On whose clock.
   *
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
    String _ = cron(schedule);
    ZoneId _ = zone(schedule);
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

  private static StowageException fault(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}

package io.stowage.app.doctor;

import io.stowage.control.database.DatabaseState;
import io.stowage.control.database.DatabaseState.Facts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The control plane's database: its version, schema, settings, clock, and what is in the way. */
public final class DatabaseCheckup implements Report.Checkup {
  private static final String SUBJECT = "database";
  private static final Duration OLD_TRANSACTION = Duration.ofMinutes(5);
  private static final Duration TOLERATED = Duration.ofSeconds(2);
  private static final int FULL_PERCENT = 80;

  private final DatabaseState state;
  private final Supplier<List<String>> pending;
  private final int poolSize;
  private final Clock clock;

  /**
   * @param pending versions of migrations that were not made yet
   * @param poolSize connections that one control plane may open
   */
  public DatabaseCheckup(
      DatabaseState state, Supplier<List<String>> pending, int poolSize, Clock clock) {
    this.state = state;
    this.pending = pending;
    this.poolSize = poolSize;
    this.clock = clock;
  }

  @Override
  public void check(Report report) {
    long start = System.nanoTime();
    Facts facts = state.facts();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Duration off = Duration.between(facts.now(), clock.instant().minus(took.dividedBy(2)));
    version(facts, took, report);
    schema(facts, report);
    durability(facts, report);
    connections(facts, report);
    transactions(report);
    if (off.abs().minus(took).compareTo(TOLERATED) > 0) {
      report.warn(
          "database clock",
          "it is " + Durations.text(off.abs()) + (off.isNegative() ? " ahead" : " behind"),
          "leases go by the database's clock alone, but times in events and schedules do not: set"
              + " both by NTP");
    }
  }

  private static void version(Facts facts, Duration took, Report report) {
    String is = "PostgreSQL " + facts.version() + " answers in " + Durations.text(took);
    if (facts.standby()) {
      report.fail(
          SUBJECT,
          is + ", but is a standby: nothing can be written",
          "name the primary in QUARKUS_DATASOURCE_REACTIVE_URL");
    } else if (facts.tooOld()) {
      report.fail(
          SUBJECT,
          is + ", which is too old",
          "use PostgreSQL " + DatabaseState.OLDEST + " or newer; 18 is what most tests are with");
    } else {
      report.ok(SUBJECT, is);
    }
  }

  private void schema(Facts facts, Report report) {
    String subject = "database schema";
    if (!facts.migrated()) {
      report.fail(
          subject, "it was never made", "run `stowage migrate`, or `stowage serve --migrate`");
      return;
    }
    var made = state.migrations();
    var failed = made.stream().filter(version -> version.endsWith("!")).toList();
    var missing = pending.get();
    if (!failed.isEmpty()) {
      report.fail(
          subject,
          "migration " + failed.getFirst().replace("!", "") + " failed half-way",
          "see its error in the log of whoever migrated, mend it, and run `stowage migrate` again");
    } else if (!missing.isEmpty()) {
      report.fail(
          subject,
          "migrations " + missing + " of this version were not made",
          "run `stowage migrate`");
    } else {
      report.ok(subject, made.size() + " migrations, up to version " + made.getLast());
    }
  }

  /** What is told to be stored has to be there after a crash. */
  private static void durability(Facts facts, Report report) {
    String subject = "database durability";
    if (facts.synchronousCommit().equals("off")) {
      report.fail(
          subject,
          "synchronous_commit is off: a crash forgets commits that workers were told of",
          "set synchronous_commit to on for this role and database");
    }
    if (facts.fsync().equals("off") || facts.fullPageWrites().equals("off")) {
      report.fail(
          subject,
          "fsync is " + facts.fsync() + ", full_page_writes is " + facts.fullPageWrites(),
          "turn both on: else a power failure destroys the database");
    }
    if (facts.autovacuum().equals("off")) {
      report.warn(
          subject,
          "autovacuum is off: the queue's tables grow, and claims become slow",
          "turn it on; the hot tables have settings of their own");
    }
    if (!facts.synchronousCommit().equals("off")
        && facts.fsync().equals("on")
        && facts.fullPageWrites().equals("on")) {
      report.ok(subject, "synchronous_commit is " + facts.synchronousCommit() + ", fsync is on");
    }
  }

  private void connections(Facts facts, Report report) {
    String subject = "database connections";
    String are = facts.connections() + " of " + facts.maxConnections() + " are open";
    if (facts.connections() * 100 > facts.maxConnections() * FULL_PERCENT) {
      report.warn(subject, are, "raise max_connections; a control plane opens up to " + poolSize);
    } else {
      report.ok(subject, are);
    }
  }

  private void transactions(Report report) {
    String subject = "oldest transaction";
    Duration oldest = state.oldestTransaction();
    if (oldest.compareTo(OLD_TRANSACTION) > 0) {
      report.warn(
          subject,
          "it is " + Durations.text(oldest) + " old: vacuum waits for it, and claims become slow",
          "find it by xact_start in pg_stat_activity and end it; set"
              + " idle_in_transaction_session_timeout");
    } else {
      report.ok(subject, oldest.isZero() ? "none is open" : Durations.text(oldest));
    }
  }
}

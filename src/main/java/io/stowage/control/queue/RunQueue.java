package io.stowage.control.queue;

import io.stowage.control.database.Database;
import io.stowage.control.database.Leader;
import io.stowage.control.queue.Sessions.Times;
import java.util.function.LongSupplier;

/** The queue, put together: one object for each thing that can be done to it. */
public record RunQueue(
    Submissions submissions,
    Sessions sessions,
    Claims claims,
    Commits commits,
    Completions completions,
    Releases releases,
    Cancellations cancellations,
    Materializations materializations,
    Housekeeping housekeeping,
    Removals removals,
    DeadLetters deadLetters,
    Sweeps sweeps,
    History history,
    Leader leader,
    Bulletin bulletin) {

  /**
   * @param nanoTime monotonic, as {@code System::nanoTime}
   */
  public static RunQueue of(
      Database database, Times times, QueueMetrics metrics, LongSupplier nanoTime) {
    return of(database, times, metrics, nanoTime, _ -> {});
  }

  /**
   * @param nanoTime monotonic, as {@code System::nanoTime}
   * @param outside brings word of runs too, beside claims that wait
   */
  public static RunQueue of(
      Database database,
      Times times,
      QueueMetrics metrics,
      LongSupplier nanoTime,
      Delivery outside) {
    var waiters = new Waiters();
    var wakeups = new Wakeups(waiters);
    Delivery delivery = wakeups.and(outside);
    var releases = new Releases(database, delivery, metrics);
    var sessions = new Sessions(database, releases, times);
    var submissions = new Submissions(database, delivery, metrics, Grouping.USUAL);
    var leasing = new Leasing(database, metrics, Grouping.USUAL);
    return new RunQueue(
        submissions,
        sessions,
        new Claims(sessions, leasing, waiters),
        new Commits(database, sessions, metrics, Grouping.USUAL),
        new Completions(database, sessions, leasing, delivery, metrics),
        releases,
        new Cancellations(database, delivery, metrics, times.cancelGrace()),
        new Materializations(database),
        new Housekeeping(database, delivery, metrics, times.ttl(), nanoTime),
        new Removals(database, sessions),
        new DeadLetters(database),
        new Sweeps(database, submissions),
        new History(database),
        new Leader(database),
        new Bulletin(database, waiters, wakeups));
  }

  /** The authority on runs, apart from how word of them is brought. */
  public Ledger ledger() {
    return new PostgresLedger(claims, commits, completions, releases);
  }
}

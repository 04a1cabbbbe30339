package io.stowage.control.queue;

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
    Sweeps sweeps) {

  /**
   * @param nanoTime monotonic, as {@code System::nanoTime}
   */
  public static RunQueue of(
      Database database, Times times, QueueMetrics metrics, LongSupplier nanoTime) {
    var waiters = new Waiters();
    var releases = new Releases(database, waiters, metrics);
    var sessions = new Sessions(database, releases, times);
    var submissions = new Submissions(database, waiters, metrics);
    return new RunQueue(
        submissions,
        sessions,
        new Claims(database, sessions, waiters, metrics),
        new Commits(database, sessions, metrics),
        new Completions(database, sessions, waiters, metrics),
        releases,
        new Cancellations(database, waiters, metrics),
        new Materializations(database),
        new Housekeeping(database, waiters, metrics, times.ttl(), nanoTime),
        new Removals(database, sessions),
        new Sweeps(database, submissions));
  }
}

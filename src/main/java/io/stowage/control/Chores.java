package io.stowage.control;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.api.StowageException;
import io.stowage.control.backfill.Backfills;
import io.stowage.control.message.MissedRuns;
import io.stowage.control.queue.RunQueue;
import io.stowage.control.schedule.Schedules;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * What the control plane does by the clock. Of several on one database the leader keeps the house;
 * each hears of runs, and measures.
 */
@Singleton
final class Chores {
  private static final System.Logger LOG = System.getLogger(Chores.class.getName());

  private final RunQueue queue;
  private final Backfills backfills;
  private final Schedules schedules;
  private final ControlGauges gauges;
  private final ControlRole role;
  private final MissedRuns missed;

  @Inject
  Chores(
      RunQueue queue,
      Backfills backfills,
      Schedules schedules,
      ControlGauges gauges,
      ControlRole role,
      MissedRuns missed) {
    this.queue = queue;
    this.backfills = backfills;
    this.schedules = schedules;
    this.gauges = gauges;
    this.role = role;
    this.missed = missed;
  }

  /** Where there is no database, as in a worker, the scheduler does not run either. */
  @Scheduled(identity = "listen", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void listen() {
    queue.bulletin().start();
    backfills.start();
  }

  /** Before the pool is closed. */
  void stop(@Observes ShutdownEvent event) {
    backfills.close();
    queue.bulletin().close();
    queue.leader().close();
  }

  @Scheduled(
      identity = "reap",
      every = "${stowage.control.reaper:5s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void reap() {
    attempt("look for lost workers", leading(queue.housekeeping()::reap));
  }

  @Scheduled(identity = "promote", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void promote() {
    attempt("queue what is due", leading(queue.housekeeping()::promote));
    attempt("expand backfills", leading(backfills::expand));
  }

  @Scheduled(identity = "tick", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void tick() {
    attempt("submit what is scheduled", leading(() -> schedules.tick(Instant.now())));
  }

  @Scheduled(identity = "missed", every = "30s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void tellAgain() {
    attempt("tell of runs again", leading(missed::tell));
  }

  @Scheduled(identity = "forget", every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void forget() {
    attempt("forget idempotency keys", leading(queue.history()::forget));
    attempt("forget previews", leading(queue.previews()::forget));
    attempt("keep the history's weeks", leading(() -> queue.history().keep(role.history())));
    attempt("forget old backfills", leading(() -> backfills.forget(role.history())));
  }

  @Scheduled(identity = "sweep", every = "60s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void sweep() {
    attempt("submit a sweep", leading(() -> queue.sweeps().submitDue(Instant.now(), role.sweep())));
  }

  @Scheduled(identity = "measure", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void measure() {
    attempt("measure the queues", gauges::measureQueues);
  }

  @Scheduled(
      identity = "measure-rest",
      every = "30s",
      concurrentExecution = ConcurrentExecution.SKIP)
  @RunOnVirtualThread
  void measureRest() {
    attempt("count the dead letter and backfills", gauges::measureRest);
  }

  private Runnable leading(Runnable chore) {
    return () -> {
      if (queue.leader().leads()) {
        chore.run();
      }
    };
  }

  private static void attempt(String what, Runnable chore) {
    try {
      chore.run();
    } catch (StowageException e) {
      LOG.log(Level.WARNING, "cannot {0}: {1}; tried again", what, e.getMessage());
    }
  }
}

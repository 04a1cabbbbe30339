package io.stowage.app;

import io.quarkus.runtime.ShutdownEvent;
import io.stowage.worker.Worker;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The worker of this process, if it is one; drained when the process is told to stop. */
@Singleton
public class RunningWorker {
  private final Provider<Worker> workers;
  private final WorkerChecks checks;
  private final WorkerMetrics metrics;
  private final StowageConfig config;
  private final ReentrantLock draining = new ReentrantLock();
  private volatile @Nullable Worker worker;

  @Inject
  RunningWorker(
      Provider<Worker> workers, WorkerChecks checks, WorkerMetrics metrics, StowageConfig config) {
    this.workers = workers;
    this.checks = checks;
    this.metrics = metrics;
    this.config = config;
  }

  /** Checks the configuration, and makes the worker, which then is to be run. */
  Worker prepare() {
    checks.check();
    Worker made = workers.get();
    metrics.watch(made, config.worker().slots());
    worker = made;
    return made;
  }

  Optional<Worker> current() {
    return Optional.ofNullable(worker);
  }

  /** While all that the worker needs is still there. */
  void beforeAllElseEnds(@Observes ShutdownEvent event) {
    drain();
  }

  /** Drains the worker. Whoever asks a second time waits for the first. */
  void drain() {
    draining.lock();
    try {
      Worker running = worker;
      worker = null;
      if (running != null) {
        running.close();
      }
    } finally {
      draining.unlock();
    }
  }
}

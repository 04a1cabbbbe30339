package io.stowage.app;

import io.stowage.worker.Worker;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The worker of this process, if it is one; drained when the process is told to stop. */
@Singleton
public class RunningWorker {
  private final Provider<Worker> workers;
  private final WorkerChecks checks;
  private volatile @Nullable Worker worker;

  @Inject
  RunningWorker(Provider<Worker> workers, WorkerChecks checks) {
    this.workers = workers;
    this.checks = checks;
  }

  /** Checks the configuration, and makes the worker, which then is to be run. */
  Worker prepare() {
    checks.check();
    Worker made = workers.get();
    worker = made;
    return made;
  }

  Optional<Worker> current() {
    return Optional.ofNullable(worker);
  }

  /** Drains the worker; does nothing a second time. */
  @PreDestroy
  void drain() {
    Worker running = worker;
    worker = null;
    if (running != null) {
      running.close();
    }
  }
}

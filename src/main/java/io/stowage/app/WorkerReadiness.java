package io.stowage.app;

import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready is a worker that the control plane hears; a process that is no worker has nothing to wait
 * for here.
 */
@Readiness
@Singleton
final class WorkerReadiness implements HealthCheck {
  private final RunningWorker running;
  private final StowageConfig config;

  @Inject
  WorkerReadiness(RunningWorker running, StowageConfig config) {
    this.running = running;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("worker session")
        .status(
            running
                .current()
                .map(Worker::connected)
                .orElseGet(() -> !config.role().equals("worker")))
        .build();
  }
}

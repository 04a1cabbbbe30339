package io.stowage.worker;

import java.time.Duration;
import java.util.List;

/**
 * @param slots how many runs are executed side by side
 * @param grace how long running work may go on after the worker was told to stop
 * @param startBudget how long a control plane is looked for at start
 */
public record WorkerSettings(
    String name,
    String version,
    List<String> queues,
    int slots,
    Duration grace,
    Duration startBudget) {
  public WorkerSettings {
    queues = List.copyOf(queues);
  }
}

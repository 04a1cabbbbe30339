package io.stowage.control.page;

import io.stowage.protocol.DeadRun;
import io.stowage.protocol.QueueStats;
import io.stowage.protocol.WorkerView;
import java.util.List;

/** Queues, the workers that pull from them, and runs that nobody tries any more. */
public record QueuesPage(List<QueueStats> queues, List<WorkerView> workers, List<DeadRun> dead) {
  public int slots() {
    return workers.stream().mapToInt(WorkerView::slots).sum();
  }

  public int held() {
    return workers.stream().mapToInt(worker -> worker.leases().size()).sum();
  }

  /** In a word. */
  public String state(QueueStats queue) {
    return queue.paused() ? "paused" : queue.draining() ? "draining" : "open";
  }

  public String seconds(QueueStats queue) {
    return queue.queued() == 0 ? "–" : Shown.seconds(queue.oldestSeconds());
  }
}

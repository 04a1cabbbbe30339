package io.stowage.api;

import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.TimeWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the method, the store and the load of one step are all told. Safe from any thread of the
 * step.
 */
public interface StepContext {
  /** The run's id, a UUID. */
  String runId();

  /** The step's name: the asset's key, or the multi-asset's. */
  String step();

  /** Name of the job that was asked for; {@code assets} where assets were selected. */
  String jobName();

  /** The run's tags. */
  Map<String, String> tags();

  /** Which attempt at the step this is, from 1. */
  int attempt();

  /** Whether there are partitions here. */
  boolean partitioned();

  /**
   * The one partition.
   *
   * @throws StowageException {@code UNKNOWN_PARTITION} where there is none, or several
   */
  PartitionKey partition();

  /** All partitions, in the definition's order; empty where there are none. */
  List<PartitionKey> partitions();

  /**
   * The time that the partitions span, half-open: from the start of the first to the end of the
   * last.
   *
   * @throws StowageException {@code UNKNOWN_PARTITION} where the definition has no dimension of
   *     time, or the partitions leave a gap of time between them
   */
  TimeWindow window();

  /**
   * The time that one of the partitions spans; empty where its definition has no dimension of time,
   * or two, or is not known.
   */
  default Optional<TimeWindow> window(PartitionKey partition) {
    return Optional.empty();
  }

  /** Writes to the worker's log and to the run's events. */
  System.Logger log();

  Cancellation cancellation();

  /**
   * Says how far the step is; shown to who watches the run. May be called often, and is thinned
   * out.
   *
   * @param done not negative
   * @param total in the same unit, or -1 where it is not known
   */
  void progress(long done, long total);

  /**
   * The lease that this attempt at the run is executed under, a UUID; new at each attempt, so that
   * it tells what one attempt wrote from what another did. Empty outside of a run.
   */
  default Optional<String> leaseId() {
    return Optional.empty();
  }

  /**
   * A number that grows with each claim of any run, so that a manager can refuse an older run that
   * comes late, with {@code SUPERSEDED}. 0 where the run was not claimed: outside of a worker.
   */
  default long fence() {
    return 0;
  }
}

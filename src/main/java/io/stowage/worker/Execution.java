package io.stowage.worker;

import io.stowage.api.partition.PartitionContext;
import io.stowage.catalog.AssetGraph;
import io.stowage.engine.AssetFunctions;
import io.stowage.engine.Engine;
import io.stowage.engine.IoManagers;
import io.stowage.plan.CronUtilsSchedules;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a worker executes runs with.
 *
 * @param managersFor the managers as a run with these overrides sees them, to be closed when it ends
 */
public record Execution(
    AssetGraph graph,
    AssetFunctions functions,
    Engine engine,
    Function<Map<String, Map<String, String>>, IoManagers> managersFor,
    Clock clock) {

  IoManagers managers(Map<String, Map<String, String>> overrides) {
    return managersFor.apply(overrides);
  }

  /**
   * What partitions definitions ask of the world. A dynamic key of a run was checked at its submit, and stands in the
   * request: it need not be asked for again.
   */
  PartitionContext partitions(ControlPlane.Session session) {
    return new PartitionContext(clock.instant(), _ -> List.of()).withCrons(new CronUtilsSchedules());
  }
}

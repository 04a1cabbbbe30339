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
import java.util.stream.Stream;

/**
 * What a worker executes runs with.
 *
 * @param managersFor the managers as a run with these overrides sees them, to be closed when it
 *     ends
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
   * What partitions definitions ask of the world. A dynamic key of a run was checked at its submit:
   * those that the run names are there, and others need not be known.
   */
  PartitionContext partitions(List<String> ofRun) {
    var named =
        ofRun.stream()
            .flatMap(text -> Stream.concat(Stream.of(text), Stream.of(text.split("\\|", -1))))
            .distinct()
            .toList();
    return new PartitionContext(clock.instant(), _ -> named).withCrons(new CronUtilsSchedules());
  }
}

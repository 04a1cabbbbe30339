package io.stowage.worker;

import io.stowage.api.partition.PartitionContext;
import io.stowage.catalog.AssetGraph;
import io.stowage.engine.AssetFunctions;
import io.stowage.engine.Engine;
import io.stowage.engine.IoManagers;
import io.stowage.plan.CronUtilsSchedules;
import io.stowage.plan.CustomMappings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What a worker executes runs with.
 *
 * @param managersFor the managers as a run with these overrides sees them, to be closed when it
 *     ends
 * @param mappings the author's partition mappings
 */
public record Execution(
    AssetGraph graph,
    AssetFunctions functions,
    Engine engine,
    Function<Map<String, Map<String, String>>, IoManagers> managersFor,
    Clock clock,
    CustomMappings mappings) {

  IoManagers managers(Map<String, Map<String, String>> overrides) {
    return managersFor.apply(overrides);
  }

  /**
   * What partitions definitions ask of the world.
   *
   * @param dynamicKeys asked once for each definition
   */
  PartitionContext partitions(Function<String, List<String>> dynamicKeys) {
    var known = new ConcurrentHashMap<String, List<String>>();
    return new PartitionContext(
            clock.instant(), definition -> known.computeIfAbsent(definition, dynamicKeys))
        .withCrons(new CronUtilsSchedules());
  }
}

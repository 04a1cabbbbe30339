package io.stowage.api.partition;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * What a definition has to be told before it can say which partitions there are.
 *
 * @param now which windows are complete
 * @param dynamicKeys keys of the dynamic partitions of a name, in their order, none twice; empty
 *     for an unknown name
 * @param crons the schedule of a cron expression; refuses one that is none with {@code
 *     INVALID_CONFIGURATION}
 */
public record PartitionContext(
    Instant now, Function<String, List<String>> dynamicKeys, Function<String, CronSchedule> crons) {
  public PartitionContext {
    dynamicKeys = IndexedKeys.of(dynamicKeys);
  }

  /** The keys of the name, indexed once however often they are asked for. */
  DimensionValues dynamic(String name) {
    return IndexedKeys.of(dynamicKeys).values(name);
  }

  /** Without cron expressions: a definition that has one is refused. */
  public PartitionContext(Instant now, Function<String, List<String>> dynamicKeys) {
    this(now, dynamicKeys, PartitionContext::noCron);
  }

  /** Without dynamic partitions and cron expressions. */
  public static PartitionContext at(Instant now) {
    return new PartitionContext(now, _ -> List.of());
  }

  public PartitionContext withDynamicKeys(Function<String, List<String>> keys) {
    return new PartitionContext(now, keys, crons);
  }

  public PartitionContext withCrons(Function<String, CronSchedule> schedules) {
    return new PartitionContext(now, dynamicKeys, schedules);
  }

  private static CronSchedule noCron(String expression) {
    throw Faults.configuration(
        "cron "
            + Faults.quoted(expression)
            + " cannot be worked out here: give the context cron schedules");
  }
}

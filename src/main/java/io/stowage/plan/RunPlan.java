package io.stowage.plan;

import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import java.util.List;
import java.util.function.Consumer;

/**
 * The steps of a run, each after those it needs: one for each asset and partition, or for each
 * asset and range of them where the asset computes ranges.
 *
 * <p>An asset whose definition has the requested partitions takes them. One upstream of it with
 * another definition takes those that the mapping names, so that a month of {@code monthly} brings
 * the days of that month with it where both are selected.
 *
 * @param context that the partitions were worked out by
 * @param inputs of steps over other partitions than planned
 */
public record RunPlan(
    RunRequest request, List<PlannedStep> steps, PartitionContext context, Inputs inputs) {
  public RunPlan {
    steps = List.copyOf(steps);
  }

  /** What a step has as inputs. A function of its arguments, for any thread. */
  @FunctionalInterface
  public interface Inputs {
    List<PlannedInput> of(AssetSpec spec, List<PartitionKey> partitions);
  }

  /** The step over some of its partitions. */
  public PlannedStep narrowed(PlannedStep step, List<PartitionKey> partitions) {
    return new PlannedStep(
        step.place(), step.spec(), partitions, inputs.of(step.spec(), partitions), step.after());
  }

  /**
   * The plan of who may not run the author's code: it lacks the steps of an asset whose partitions
   * follow from a custom mapping alone.
   *
   * @throws StowageException {@code UNKNOWN_ASSET} or {@code UNKNOWN_PARTITION}, naming each asset
   *     and partition that does not fit
   */
  public static RunPlan of(RunRequest request, AssetGraph graph, PartitionContext context) {
    return of(request, graph, context, CustomMappings.OPAQUE);
  }

  /** As {@link #of(RunRequest, AssetGraph, PartitionContext)}, with the author's mappings. */
  public static RunPlan of(
      RunRequest request, AssetGraph graph, PartitionContext context, CustomMappings customs) {
    return new Planner(request, graph, context, customs, PartitionGroups.OF_A_RUN).plan();
  }

  /**
   * As {@link #of(RunRequest, AssetGraph, PartitionContext)}, where each step becomes a run of its
   * own: one has no more partitions than its asset's policy says. An asset whose partitions follow
   * from a custom mapping alone is refused.
   */
  public static RunPlan ofBackfill(RunRequest request, AssetGraph graph, PartitionContext context) {
    return new Planner(
            request, graph, context, CustomMappings.OPAQUE, PartitionGroups.OF_A_BACKFILL)
        .plan();
  }

  /**
   * The steps of {@link #ofBackfill}, one after the other, in their order: none is kept, however
   * many there are.
   */
  public static void eachOfBackfill(
      RunRequest request, AssetGraph graph, PartitionContext context, Consumer<PlannedStep> steps) {
    new Planner(request, graph, context, CustomMappings.OPAQUE, PartitionGroups.OF_A_BACKFILL)
        .steps(steps);
  }
}

package io.stowage.control.backfill;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.catalog.AssetGraph;
import io.stowage.plan.CronUtilsSchedules;
import io.stowage.plan.PlannedStep;
import io.stowage.plan.RunPlan;
import io.stowage.plan.RunRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What a backfill's runs follow from, to be kept until all of them are written down: the same
 * blueprint and graph give the same runs, on any server, at any time.
 *
 * @param now which windows were complete
 * @param partitions keys as text
 * @param dynamic the keys that each dynamic definition had
 */
public record Blueprint(
    Instant now, List<String> assets, List<String> partitions, Map<String, List<String>> dynamic) {
  /** As many fill some hundred megabytes of a table: who asks for more meant something else. */
  private static final long MOST_NEEDS = 2_000_000;

  /**
   * One run to be.
   *
   * @param place in the order of the runs, each after those it needs
   * @param partitions as the ledger has them: the empty text alone where there are none
   * @param outputs how many a run commits of a partition
   * @param needs places of the runs that must succeed before
   */
  record Run(int place, String step, List<String> partitions, int outputs, List<Integer> needs) {}

  /**
   * How many partitions there are in it, by the world as it is.
   *
   * @throws StowageException where no backfill can be made of it
   */
  public static int total(
      List<String> assets, List<String> partitions, AssetGraph graph, PartitionContext context) {
    var total = new AtomicInteger();
    each(assets, partitions, graph, context, run -> total.addAndGet(run.partitions().size()));
    return total.get();
  }

  /** Each run in order; none of them is kept. */
  void each(AssetGraph graph, Consumer<Run> runs) {
    var context =
        new PartitionContext(now, name -> dynamic.getOrDefault(name, List.of()))
            .withCrons(new CronUtilsSchedules());
    each(assets, partitions, graph, context, runs);
  }

  private static void each(
      List<String> assets,
      List<String> partitions,
      AssetGraph graph,
      PartitionContext context,
      Consumer<Run> runs) {
    var keys = assets.stream().map(AssetKey::of).toList();
    RunPlan.eachOfBackfill(
        new RunRequest("backfill", "backfill", keys, partitions, Map.of(), Map.of()),
        graph,
        context,
        new Numbering(runs));
  }

  /** Steps are runs, but for checks, which run with their asset: a blocking one fails that run. */
  private static final class Numbering implements Consumer<PlannedStep> {
    private final Consumer<Run> runs;
    private final Map<Integer, Integer> places = new HashMap<>();
    private long needed;

    Numbering(Consumer<Run> runs) {
      this.runs = runs;
    }

    @Override
    public void accept(PlannedStep step) {
      if (step.spec().check().isPresent()) {
        return;
      }
      var needs = step.after().stream().sorted().map(places::get).filter(Objects::nonNull).toList();
      needed += needs.size();
      if (needed > MOST_NEEDS) {
        throw new StowageException(
            ErrorCode.INVALID_REQUEST,
            "asset '"
                + step.spec().step()
                + "' needs so many partitions for each of its own that there are more than "
                + MOST_NEEDS
                + " to wait for: ask for fewer partitions at once");
      }
      int place = places.size();
      places.put(step.place(), place);
      runs.accept(
          new Run(
              place,
              step.spec().step(),
              step.partitionTexts(),
              step.spec().outputs().size(),
              needs));
    }
  }
}

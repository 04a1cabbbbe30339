package io.stowage.control.backfill;

import io.stowage.plan.PlannedStep;
import io.stowage.plan.RunPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/**
 * A backfill's items in the order of their places, and which needs which.
 *
 * @param edges pairs of run places: what the first computes needs what the second does
 */
record BackfillPlan(List<Item> items, List<int[]> edges) {
  /**
   * One partition of a step.
   *
   * @param runPlace the place of the first item that is computed by the same run
   * @param outputs how many outputs a run commits of it
   */
  record Item(String step, String partition, int runPlace, int outputs) {}

  static BackfillPlan of(RunPlan plan) {
    var items = new ArrayList<Item>();
    var edges = new ArrayList<int[]>();
    // A check runs with its asset: a blocking one that does not pass fails that run.
    var runPlaces = new HashMap<Integer, Integer>();
    for (PlannedStep step : plan.steps()) {
      if (step.spec().check().isPresent()) {
        continue;
      }
      int runPlace = items.size();
      runPlaces.put(step.place(), runPlace);
      for (String partition : step.partitionTexts()) {
        items.add(new Item(step.spec().step(), partition, runPlace, step.spec().outputs().size()));
      }
      step.after().stream()
          .sorted()
          .map(runPlaces::get)
          .filter(Objects::nonNull)
          .forEach(up -> edges.add(new int[] {runPlace, up}));
    }
    return new BackfillPlan(items, edges);
  }
}

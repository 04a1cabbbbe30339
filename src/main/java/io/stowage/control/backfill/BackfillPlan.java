package io.stowage.control.backfill;

import io.stowage.plan.PlannedStep;
import io.stowage.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;

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
    var runPlaces = new ArrayList<Integer>();
    for (PlannedStep step : plan.steps()) {
      int runPlace = items.size();
      runPlaces.add(runPlace);
      for (String partition : step.partitionTexts()) {
        items.add(new Item(step.spec().step(), partition, runPlace, step.spec().outputs().size()));
      }
      step.after().forEach(up -> edges.add(new int[] {runPlace, runPlaces.get(up)}));
    }
    return new BackfillPlan(items, edges);
  }
}

package io.stowage.control.backfill;

import io.stowage.plan.PlannedStep;
import io.stowage.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * A backfill's items in the order of their places, and which needs which.
 *
 * @param edges pairs of places: the first needs the second
 */
record BackfillPlan(List<Item> items, List<int[]> edges) {
  record Item(String step, List<String> assets, String partition) {}

  static BackfillPlan of(RunPlan plan) {
    var items = new ArrayList<Item>();
    var edges = new ArrayList<int[]>();
    for (PlannedStep step : plan.steps()) {
      var assets = step.spec().outputs().stream().map(output -> output.asset().toString()).toList();
      items.add(new Item(step.spec().step(), assets, step.partitionText()));
      step.after().forEach(up -> edges.add(new int[] {step.place(), up}));
    }
    return new BackfillPlan(items, edges);
  }
}

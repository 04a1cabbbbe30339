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
 * @param edges pairs of places: the first needs the second
 */
record BackfillPlan(List<Item> items, List<int[]> edges) {
  record Item(String step, List<String> assets, String partition) {}

  static BackfillPlan of(RunPlan plan) {
    var items = new ArrayList<Item>();
    var edges = new ArrayList<int[]>();
    // A check runs with its asset: a blocking one that does not pass fails that run.
    var places = new HashMap<Integer, Integer>();
    for (PlannedStep step : plan.steps()) {
      if (step.spec().check().isPresent()) {
        continue;
      }
      int place = items.size();
      places.put(step.place(), place);
      var assets = step.spec().outputs().stream().map(output -> output.asset().toString()).toList();
      items.add(new Item(step.spec().step(), assets, step.partitionText()));
      step.after().stream()
          .sorted()
          .map(places::get)
          .filter(Objects::nonNull)
          .forEach(up -> edges.add(new int[] {place, up}));
    }
    return new BackfillPlan(items, edges);
  }
}

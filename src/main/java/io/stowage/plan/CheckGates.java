package io.stowage.plan;

import io.stowage.api.AssetKey;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.CheckDeclaration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What waits for blocking checks: every step that needs the partition that is checked. Checks
 * themselves wait for what they check alone, so that two may look at each other's assets.
 */
final class CheckGates {
  private final Map<AssetKey, Map<String, Set<Integer>>> gates = new HashMap<>();

  /** Keeps the step's place, if it is a blocking check. */
  void add(PlannedStep step) {
    step.spec()
        .check()
        .filter(CheckDeclaration::blocking)
        .ifPresent(
            check ->
                gates
                    .computeIfAbsent(check.asset(), _ -> new HashMap<>())
                    .computeIfAbsent(step.partitionText(), _ -> new HashSet<>())
                    .add(step.place()));
  }

  /**
   * Places of what must have ended before.
   *
   * @param partition of a check; empty text where there is none
   * @param places of what computes each asset's partitions in this run
   */
  Set<Integer> before(
      AssetSpec spec,
      String partition,
      List<PlannedInput> inputs,
      Map<AssetKey, Map<String, Integer>> places) {
    if (spec.check().isPresent()) {
      return checked(spec.check().get(), partition, places);
    }
    var before = new HashSet<Integer>();
    for (PlannedInput input : inputs) {
      var ofAsset = gates.getOrDefault(input.wired().asset(), Map.of());
      if (input.partitioned()) {
        input
            .partitions()
            .forEach(key -> before.addAll(ofAsset.getOrDefault(key.text(), Set.of())));
      } else {
        ofAsset.values().forEach(before::addAll);
      }
    }
    spec.declaration()
        .after()
        .forEach(key -> gates.getOrDefault(key, Map.of()).values().forEach(before::addAll));
    return before;
  }

  private static Set<Integer> checked(
      CheckDeclaration check, String partition, Map<AssetKey, Map<String, Integer>> places) {
    Integer place = places.getOrDefault(check.asset(), Map.of()).get(partition);
    return place == null ? Set.of() : Set.of(place);
  }
}

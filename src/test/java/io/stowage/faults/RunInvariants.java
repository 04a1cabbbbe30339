package io.stowage.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Of runs as a whole. */
final class RunInvariants {
  private static final Set<String> TERMINAL =
      Set.of("succeeded", "failed", "dead", "canceled", "expired");

  private RunInvariants() {}

  static List<String> ends(Evidence evidence) {
    Map<String, Long> ends =
        evidence.events().stream()
            .filter(event -> TERMINAL.contains(event.type()))
            .collect(groupingBy(Evidence.Event::run, counting()));
    var live = evidence.live().stream().map(Evidence.Live::run).collect(toSet());
    var violations = new ArrayList<String>();
    for (String id : acknowledged(evidence)) {
      var run = evidence.run(id);
      long ended = ends.getOrDefault(id, 0L);
      if (run.isEmpty()) {
        violations.add("run " + id + " was acknowledged, and is not there");
      } else if (run.get().outcome() == null || ended == 0) {
        if (evidence.settled()) {
          violations.add("run " + id + " was acknowledged, and has no terminal state");
        }
      } else if (ended > 1) {
        violations.add("run " + id + " has ended " + ended + " times");
      } else if (live.contains(id)) {
        violations.add("run " + id + " has ended, and lives");
      }
    }
    return violations;
  }

  private static Set<String> acknowledged(Evidence evidence) {
    return evidence.history().stream()
        .filter(each -> each.ok() && (each.is("submit") || each.is("retry")))
        .flatMap(each -> each.said("run").stream())
        .collect(toSet());
  }

  static List<String> onePerKey(Evidence evidence) {
    var runs = new TreeMap<String, Set<String>>();
    evidence.operations("submit").stream()
        .filter(Operation::ok)
        .forEach(each -> add(runs, each.subject(), each.said("run").orElse("none")));
    evidence.runs().stream()
        .filter(run -> run.clientKey() != null)
        .forEach(run -> add(runs, String.valueOf(run.clientKey()), run.id()));
    return runs.entrySet().stream()
        .filter(each -> each.getValue().size() > 1)
        .map(each -> "key " + each.getKey() + " has several runs: " + each.getValue())
        .toList();
  }

  private static void add(Map<String, Set<String>> runs, String key, String run) {
    runs.computeIfAbsent(key, _ -> new java.util.TreeSet<>()).add(run);
  }

  static List<String> drained(Evidence evidence) {
    if (!evidence.settled()) {
      return List.of();
    }
    var violations = new ArrayList<String>();
    evidence.live().forEach(live -> violations.add("run " + live.run() + " lives still"));
    evidence
        .unitsInUse()
        .forEach(
            (key, units) -> {
              if (units != 0) {
                violations.add(units + " units of key '" + key + "' were never given back");
              }
            });
    return violations;
  }
}

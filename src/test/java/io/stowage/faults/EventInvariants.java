package io.stowage.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.stowage.faults.Evidence.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Of what a run's events tell. */
final class EventInvariants {
  private EventInvariants() {}

  static List<String> numbered(Evidence evidence) {
    var violations = new ArrayList<String>();
    evidence.events().stream()
        .collect(groupingBy(Event::run))
        .forEach(
            (run, events) -> {
              var numbers = events.stream().map(Event::n).sorted().toList();
              for (int i = 0; i < numbers.size(); i++) {
                if (numbers.get(i) != i + 1) {
                  violations.add("run " + run + " has no event " + (i + 1) + ": " + numbers);
                  break;
                }
              }
            });
    return violations;
  }

  static List<String> acknowledged(Evidence evidence) {
    var commits = evidence.stored().stream().map(Evidence.Stored::commit).collect(toSet());
    var violations = new ArrayList<String>();
    evidence.operations("commit").stream()
        .filter(Operation::ok)
        .filter(each -> !commits.contains(each.said("commit").orElse("")))
        .forEach(
            each ->
                violations.add("commit " + each.data() + " was acknowledged, and is not there"));
    told(evidence, violations);
    return violations;
  }

  private static void told(Evidence evidence, List<String> violations) {
    Map<List<String>, Long> there =
        evidence.events().stream()
            .collect(
                groupingBy(
                    each ->
                        List.of(each.run(), EventText.of(each.type(), each.step(), each.message())),
                    counting()));
    evidence.history().stream()
        .filter(each -> each.ok() && each.data().containsKey("events"))
        .flatMap(
            each ->
                ((List<?>) each.data().get("events"))
                    .stream().map(text -> List.of(each.said("run").orElse(""), text.toString())))
        .collect(groupingBy(each -> each, counting()))
        .forEach(
            (event, count) -> {
              long found = there.getOrDefault(event, 0L);
              if (found < count) {
                violations.add(
                    "event %s was acknowledged %d times, and is there %d times"
                        .formatted(event, count, found));
              }
            });
  }
}

package io.stowage.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.stowage.faults.Evidence.Attempt;
import io.stowage.faults.Evidence.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Of what was committed, and of the store. */
final class StoredInvariants {
  private StoredInvariants() {}

  static List<String> fenced(Evidence evidence) {
    var violations = new ArrayList<String>();
    evidence.stored().stream()
        .collect(
            groupingBy(
                each -> List.of(each.run(), each.step(), each.output(), each.partition()),
                counting()))
        .forEach(
            (place, count) -> {
              if (count > 1) {
                violations.add(place + " was materialized " + count + " times");
              }
            });
    underLease(evidence, violations);
    byHolder(evidence, violations);
    forward(evidence, violations);
    return violations;
  }

  private static void underLease(Evidence evidence, List<String> violations) {
    Map<String, Attempt> ended =
        evidence.attempts().stream().collect(toMap(Attempt::lease, each -> each, (a, _) -> a));
    var held = evidence.live().stream().map(Evidence.Live::lease).collect(toSet());
    for (Stored stored : evidence.stored()) {
      Attempt attempt = ended.get(stored.lease());
      if (attempt == null) {
        if (!held.contains(stored.lease())) {
          violations.add("commit " + stored.commit() + " was made under a lease nobody had");
        }
      } else if (!attempt.run().equals(stored.run()) || attempt.fence() != stored.fence()) {
        violations.add(
            "commit " + stored.commit() + " is of another run or fence than its lease " + attempt);
      } else if (stored.committed().isBefore(attempt.from())
          || stored.committed().isAfter(attempt.to())) {
        violations.add(
            "commit %s at %s was made under lease %s, held from %s to %s"
                .formatted(
                    stored.commit(),
                    stored.committed(),
                    attempt.lease(),
                    attempt.from(),
                    attempt.to()));
      }
    }
  }

  /**
   * What was acknowledged under a lease is stored under it, and was asked by who had claimed it.
   */
  private static void byHolder(Evidence evidence, List<String> violations) {
    Map<String, Stored> commits =
        evidence.stored().stream().collect(toMap(Stored::commit, each -> each, (a, _) -> a));
    Map<String, String> holders =
        evidence.operations("claim").stream()
            .collect(
                toMap(Operation::subject, each -> each.said("session").orElse(""), (a, _) -> a));
    for (Operation commit : evidence.operations("commit")) {
      Stored stored = commits.get(commit.said("commit").orElse(""));
      String session = commit.said("session").orElse("");
      if (!commit.ok() || stored == null) {
        continue;
      }
      if (!stored.lease().equals(commit.subject())) {
        violations.add(
            "commit %s was taken under lease %s, and stands under lease %s"
                .formatted(stored.commit(), commit.subject(), stored.lease()));
      } else if (!holders.getOrDefault(stored.lease(), session).equals(session)) {
        violations.add(
            "commit %s was taken from session %s under another's lease %s"
                .formatted(stored.commit(), session, stored.lease()));
      }
    }
  }

  /** As the watcher has seen the pointers, and as they are at the end. */
  private static void forward(Evidence evidence, List<String> violations) {
    var last = new HashMap<String, Long>();
    for (Operation seen : evidence.operations("pointer")) {
      step(seen.subject(), (long) seen.data().get("fence"), last, violations);
    }
    evidence.pointers().forEach(each -> step(name(each), each.fence(), last, violations));
    for (Stored stored : evidence.stored()) {
      Long at = last.get(stored.asset() + "|" + stored.partition());
      if (at != null && at < stored.fence()) {
        violations.add(
            "'%s' of '%s' points to fence %d, but %d was committed"
                .formatted(stored.asset(), stored.partition(), at, stored.fence()));
      }
    }
  }

  static String name(Evidence.Pointer pointer) {
    return pointer.asset() + "|" + pointer.partition();
  }

  private static void step(
      String pointer, long fence, Map<String, Long> last, List<String> violations) {
    Long before = last.put(pointer, fence);
    if (before != null && before > fence) {
      violations.add("the fence of '%s' went back from %d to %d".formatted(pointer, before, fence));
    }
  }

  static List<String> resolve(Evidence evidence) {
    var violations = new ArrayList<String>();
    for (Stored stored : evidence.stored()) {
      if (stored.location() == null) {
        continue;
      }
      var held = evidence.objects().get(stored.location());
      if (held == null) {
        violations.add("'" + stored.location() + "' was committed, and is not there");
      } else if (held.bytes() != stored.bytes()
          || (stored.checksum() != null && !held.checksum().equals(stored.checksum()))) {
        violations.add(
            "'%s' is %s, and was committed as %d bytes, %s"
                .formatted(stored.location(), held, stored.bytes(), stored.checksum()));
      }
    }
    return violations;
  }

  static List<String> swept(Evidence evidence) {
    if (!evidence.settled()) {
      return List.of();
    }
    var named =
        evidence.stored().stream().map(Stored::location).filter(Objects::nonNull).collect(toSet());
    var violations = new ArrayList<String>();
    evidence.objects().keySet().stream()
        .filter(location -> !named.contains(location))
        .forEach(location -> violations.add("nothing names '" + location + "'"));
    evidence.uploads().forEach(upload -> violations.add("the upload of '" + upload + "' is open"));
    return violations;
  }
}

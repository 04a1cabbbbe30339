package io.stowage.faults;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import io.stowage.faults.Evidence.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Of leases: who holds what, and for how long. */
final class LeaseInvariants {
  /** A commit that was on its way when another of the same run was refused. */
  private static final long ON_ITS_WAY = TimeUnit.MILLISECONDS.toNanos(500);

  private LeaseInvariants() {}

  static List<String> exclusive(Evidence evidence) {
    var violations = new ArrayList<String>();
    evidence.attempts().stream()
        .collect(groupingBy(Attempt::run))
        .forEach((run, leases) -> overlaps(evidence, run, leases, violations));
    limits(evidence)
        .forEach((key, limited) -> above(key, limited, evidence.attempts(), violations));
    return violations;
  }

  private static void overlaps(
      Evidence evidence, String run, List<Attempt> leases, List<String> violations) {
    var sorted = leases.stream().sorted(comparing(Attempt::from)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).from().isBefore(sorted.get(i - 1).to())) {
        violations.add(
            "run %s: lease %s overlaps lease %s"
                .formatted(run, sorted.get(i).lease(), sorted.get(i - 1).lease()));
      }
    }
    evidence.live().stream()
        .filter(live -> live.run().equals(run) && live.claimed() != null)
        .filter(live -> live.claimed().isBefore(sorted.getLast().to()))
        .forEach(live -> violations.add("run " + run + ": its lease overlaps an ended one"));
  }

  private record Limited(int max, List<String> runs) {}

  private static Map<String, Limited> limits(Evidence evidence) {
    var limits = new TreeMap<String, Limited>();
    evidence.operations("submit").stream()
        .filter(each -> each.ok() && each.said("concurrency").isPresent())
        .forEach(
            each ->
                limits
                    .computeIfAbsent(
                        each.said("concurrency").orElseThrow(),
                        _ -> new Limited((int) each.data().get("max"), new ArrayList<>()))
                    .runs()
                    .add(each.said("run").orElseThrow()));
    return limits;
  }

  private static void above(
      String key, Limited limited, List<Attempt> attempts, List<String> violations) {
    record Change(Instant at, int by) {}
    var changes = new ArrayList<Change>();
    attempts.stream()
        .filter(each -> limited.runs().contains(each.run()))
        .forEach(
            each -> {
              changes.add(new Change(each.from(), 1));
              changes.add(new Change(each.to(), -1));
            });
    changes.sort(comparing(Change::at).thenComparing(Change::by));
    int held = 0;
    for (Change change : changes) {
      held += change.by();
      if (held > limited.max()) {
        violations.add(
            "%d leases of key '%s' at %s, whose limit is %d"
                .formatted(held, key, change.at(), limited.max()));
        return;
      }
    }
  }

  static List<String> refusedForGood(Evidence evidence) {
    var refused = new HashMap<String, Long>();
    evidence.history().stream()
        .filter(each -> each.said("refused").isPresent())
        .forEach(each -> refused.merge(each.subject(), each.ended(), Math::min));
    var violations = new ArrayList<String>();
    for (Operation commit : evidence.operations("commit")) {
      Long at = refused.get(commit.subject());
      if (at == null || commit.invoked() <= at) {
        continue;
      }
      if (commit.ok()) {
        violations.add("a commit was taken under lease " + commit.subject() + ", after a refusal");
      } else if (commit.invoked() > at + ON_ITS_WAY) {
        violations.add(
            commit.actor() + " commits under lease " + commit.subject() + ", after a refusal");
      }
    }
    return violations;
  }
}

package io.stowage.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.stowage.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the checker found; kept as a file, with the history beside it. */
record Report(
    String scenario,
    long seed,
    long millis,
    Evidence evidence,
    Map<Invariant, List<String>> violations) {
  private static final Path KEPT = Path.of("target", "faults");
  private static final int MOST_TOLD = 20;

  static Report of(String scenario, long seed, long millis, Evidence evidence) {
    var violations = new EnumMap<Invariant, List<String>>(Invariant.class);
    for (Invariant invariant : Invariant.values()) {
      violations.put(invariant, invariant.violations(evidence));
    }
    return new Report(scenario, seed, millis, evidence, violations);
  }

  boolean isClean() {
    return violations.values().stream().allMatch(List::isEmpty);
  }

  List<Invariant> broken() {
    return violations.keySet().stream().filter(each -> !violations.get(each).isEmpty()).toList();
  }

  Path write() {
    Path folder = KEPT.resolve(scenario + "-" + seed);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("report.txt"), text());
      Files.write(
          folder.resolve("history.jsonl"), evidence.history().stream().map(Json::text).toList());
      return folder.resolve("report.txt");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    var text = new StringBuilder();
    text.append(
        "scenario    %s%nseed        %d%ntook        %d ms%n".formatted(scenario, seed, millis));
    text.append(
        "read        %d runs, %d leases, %d materializations, %d events, %d objects%n"
            .formatted(
                evidence.runs().size(),
                evidence.attempts().size(),
                evidence.stored().size(),
                evidence.events().size(),
                evidence.objects().size()));
    text.append(
        "runs        %s%n"
            .formatted(
                count(
                    evidence.runs().stream().map(run -> String.valueOf(run.outcome())).toList())));
    text.append(
        "leases      %s%n"
            .formatted(
                count(evidence.attempts().stream().map(Evidence.Attempt::outcome).toList())));
    text.append("operations%n".formatted());
    evidence.history().stream()
        .collect(
            groupingBy(
                Operation::what,
                TreeMap::new,
                groupingBy(Operation::outcome, TreeMap::new, counting())))
        .forEach((what, outcomes) -> text.append("  %-10s %s%n".formatted(what, outcomes)));
    violations.forEach(
        (invariant, found) -> {
          text.append(
              "%-4s %-9s %s%n"
                  .formatted(
                      invariant, found.isEmpty() ? "holds" : "VIOLATED", invariant.sentence()));
          found.stream()
              .limit(MOST_TOLD)
              .forEach(each -> text.append("     - %s%n".formatted(each)));
          if (found.size() > MOST_TOLD) {
            text.append("     … and %d more%n".formatted(found.size() - MOST_TOLD));
          }
        });
    return text.toString();
  }

  private static Map<String, Long> count(List<String> words) {
    return words.stream().collect(groupingBy(each -> each, TreeMap::new, counting()));
  }
}

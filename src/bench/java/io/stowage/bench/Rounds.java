package io.stowage.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times several things one after the other, in rounds, so that what disturbs the machine disturbs
 * all of them; the first rounds are for warming up.
 */
final class Rounds {
  /** What is timed. */
  interface Work {
    void run() throws Exception;
  }

  private final int warming;
  private final int measured;
  private final Map<String, Work> works = new LinkedHashMap<>();
  private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

  Rounds(int warming, int measured) {
    this.warming = warming;
    this.measured = measured;
  }

  Rounds time(String name, Work work) {
    works.put(name, work);
    seconds.put(name, new ArrayList<>());
    return this;
  }

  Rounds run() throws Exception {
    for (int round = -warming; round < measured; round++) {
      for (var each : works.entrySet()) {
        long start = System.nanoTime();
        each.getValue().run();
        if (round >= 0) {
          seconds
              .getOrDefault(each.getKey(), new ArrayList<>())
              .add((System.nanoTime() - start) / 1e9);
        }
      }
    }
    seconds.forEach(
        (name, taken) ->
            System.out.printf(
                "%-28s median %8.3f s   from %.3f to %.3f s, %d rounds%n",
                name,
                median(name),
                taken.stream().min(Double::compare).orElse(0.0),
                taken.stream().max(Double::compare).orElse(0.0),
                taken.size()));
    return this;
  }

  double median(String name) {
    return median(seconds.getOrDefault(name, List.of()));
  }

  static double median(List<Double> values) {
    return percentile(values, 50);
  }

  static double percentile(List<Double> values, int percent) {
    var sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}

package io.stowage.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times several things one after the other, in rounds, so that what disturbs the machine disturbs
 * all of them; the first rounds are for warming up. Each begins on a heap that was collected, so
 * that none pays for what another left behind. Beside the time it says how long the processors were
 * at work in this process, which on a machine that has more to do tells more.
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
  private final Map<String, List<Double>> processor = new LinkedHashMap<>();

  Rounds(int warming, int measured) {
    this.warming = warming;
    this.measured = measured;
  }

  Rounds time(String name, Work work) {
    works.put(name, work);
    seconds.put(name, new ArrayList<>());
    processor.put(name, new ArrayList<>());
    return this;
  }

  Rounds run() throws Exception {
    for (int round = -warming; round < measured; round++) {
      for (var each : works.entrySet()) {
        System.gc();
        double worked = processorSeconds();
        long start = System.nanoTime();
        each.getValue().run();
        if (round >= 0) {
          add(seconds, each.getKey(), (System.nanoTime() - start) / 1e9);
          add(processor, each.getKey(), processorSeconds() - worked);
        }
      }
    }
    seconds.forEach(
        (name, taken) ->
            System.out.printf(
                "%-28s median %8.3f s   from %.3f to %.3f s, %d rounds; processor %.2f s%n",
                name,
                median(name),
                taken.stream().min(Double::compare).orElse(0.0),
                taken.stream().max(Double::compare).orElse(0.0),
                taken.size(),
                median(processor.getOrDefault(name, List.of()))));
    return this;
  }

  private static void add(Map<String, List<Double>> all, String name, double taken) {
    all.computeIfAbsent(name, _ -> new ArrayList<>()).add(taken);
  }

  private static double processorSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(worked -> worked.toNanos() / 1e9)
        .orElse(Double.NaN);
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

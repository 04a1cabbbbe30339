package io.stowage.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Plays scenarios on one cluster, and checks after each. */
final class Suite implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Suite.class.getName());
  private static final Duration DRAINED = Duration.ofSeconds(90);
  private static final String SWEEP =
      "{\"kind\":\"sweep\",\"options\":{\"keep\":1000,\"grace\":\"0s\",\"orphan-grace\":\"0s\"}}";
  private static final int SWEEPS = 3;

  private final long seed;
  private final History history = new History();
  private final Cluster cluster;
  private final Reading reading;
  private final Watcher watcher;
  private final Set<String> told = new HashSet<>();

  Suite(Program program, long seed) {
    this.seed = seed;
    long from = System.nanoTime();
    cluster = new Cluster(program, history);
    reading = new Reading(cluster.database(), cluster.store());
    watcher = new Watcher(reading, history);
    LOG.log(
        System.Logger.Level.INFO,
        "seed {0}: the cluster of {1} processes stands after {2} ms",
        Long.toString(seed),
        program,
        millisSince(from));
  }

  private static long millisSince(long from) {
    return Duration.ofNanos(System.nanoTime() - from).toMillis();
  }

  Cluster cluster() {
    return cluster;
  }

  History history() {
    return history;
  }

  /** What it found, where that was not told after an earlier scenario. */
  Report play(Scenario scenario) throws InterruptedException {
    return play(scenario.word(), scenario::play);
  }

  Report play(String name, Scenario.Play play) throws InterruptedException {
    long from = System.nanoTime();
    long own = seed ^ name.hashCode();
    try (var load = new Load(cluster.clientWay(), history)) {
      var scene = new Scene(cluster, history, load, load.client(), new Random(own));
      try {
        play.play(scene);
      } finally {
        cluster.heal();
      }
      settle(scene);
    } catch (RuntimeException | AssertionError e) {
      check(name, from, false).write();
      throw e;
    }
    Report report = check(name, from, true);
    LOG.log(
        System.Logger.Level.INFO,
        "{0}, seed {1}: {2} in {3} ms; {4}",
        name,
        Long.toString(seed),
        report.isClean() ? "all invariants hold" : "VIOLATED: " + report.broken(),
        report.millis(),
        report.write());
    return report;
  }

  private Report check(String name, long from, boolean settled) {
    var evidence = reading.read(settled, history.operations());
    var report = Report.of(name, seed, millisSince(from), evidence);
    Map<Invariant, List<String>> fresh = new java.util.EnumMap<>(Invariant.class);
    report
        .violations()
        .forEach(
            (invariant, found) -> fresh.put(invariant, found.stream().filter(told::add).toList()));
    return new Report(name, seed, report.millis(), evidence, fresh);
  }

  private void settle(Scene scene) {
    cluster.awaitIdle(DRAINED);
    var states = new ArrayList<String>();
    for (int n = 0; n < SWEEPS; n++) {
      String run = scene.soon().until(() -> sweep(scene), id -> !id.isEmpty());
      String state = scene.soon().until(() -> scene.state(run), Suite::hasEnded);
      if (state.equals("succeeded")) {
        cluster.awaitIdle(DRAINED);
        return;
      }
      states.add(state);
    }
    throw new AssertionError("no sweep has succeeded: " + states);
  }

  private static String sweep(Scene scene) {
    return scene.client().post("/v1/runs", SWEEP).text("id").orElse("");
  }

  private static boolean hasEnded(String state) {
    return Set.of("succeeded", "failed", "dead", "canceled", "expired").contains(state);
  }

  @Override
  public void close() {
    watcher.close();
    cluster.close();
  }
}

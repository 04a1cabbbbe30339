package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import org.awaitility.core.ConditionFactory;

/**
 * What a scenario plays on.
 *
 * @param random from the seed that is printed
 * @param client for what the scenario asks itself
 */
record Scene(Cluster cluster, History history, Load load, Client client, Random random) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  ConditionFactory within(Duration time) {
    return await().atMost(time).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
  }

  ConditionFactory soon() {
    return within(PATIENCE);
  }

  String submit(Request request) {
    return Load.run(client, request);
  }

  String state(String run) {
    return client.get("/v1/runs/" + run).text("state").orElse("");
  }

  int number(String run, String field) {
    return client.get("/v1/runs/" + run).body().path(field).asInt(-1);
  }

  void awaitState(String run, String state) {
    soon().until(() -> state(run).equals(state));
  }

  /** The worker that executes the run, once one does. */
  Cluster.Place worker(String run) {
    awaitState(run, "running");
    var name = new String[1];
    soon()
        .until(
            () -> (name[0] = client.get("/v1/runs/" + run).text("worker").orElse("")).isEmpty(),
            empty -> !empty);
    return cluster.worker(name[0]);
  }

  Cluster.Place anyWorker() {
    return cluster.workers().get(random.nextInt(cluster.workers().size()));
  }

  void assertSucceeds(String run) {
    awaitState(run, "succeeded");
    assertThat(state(run)).isEqualTo("succeeded");
  }

  long leases(String run, String outcome) {
    return cluster
        .database()
        .count(
            "SELECT count(*) FROM stowage.attempt WHERE run_id = '%s' AND outcome IN (%s)"
                .formatted(run, outcome));
  }

  /** So much of the scenario's time goes by, while its load goes on. */
  static void passes(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}

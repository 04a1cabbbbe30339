package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

/** What happens to PostgreSQL, and on the way to it. */
final class DatabaseFaults {
  private static final int TERMINATIONS = 8;

  private DatabaseFaults() {}

  /** F8: work under way goes on. */
  static void restarted(Scene scene) throws InterruptedException {
    var load = scene.load().start(3, 12, scene.random().nextLong(), Load::mixed);
    String run = scene.submit(Request.steps(3_000));
    scene.worker(run);
    scene.cluster().database().stop();
    scene.cluster().database().start();
    scene.assertSucceeds(run);
    load.finish();
    assertThat(scene.number(run, "losses")).isZero();
  }

  /** F9: nobody is taken for lost before a whole TTL has gone by since it is back. */
  static void downForLongerThanTheTtl(Scene scene) throws InterruptedException {
    String run = scene.submit(Request.steps(1_500));
    scene.worker(run);
    scene.cluster().database().stop();
    Scene.passes(Cluster.TTL.plusSeconds(3));
    scene.cluster().database().start();
    Instant back = Instant.now();
    scene.assertSucceeds(run);
    Instant patient = back.plus(Cluster.TTL.minusSeconds(1));
    assertThat(
            scene
                .cluster()
                .database()
                .count(
                    "SELECT count(*) FROM stowage.attempt WHERE outcome = 3 AND ended_at BETWEEN '%s' AND '%s'"
                        .formatted(back, patient)))
        .as("leases that were revoked right after the database was back")
        .isZero();
  }

  static void backendsTerminated(Scene scene) throws InterruptedException {
    var load = scene.load().start(3, 12, scene.random().nextLong(), Load::mixed);
    int ended = 0;
    for (int n = 0; n < TERMINATIONS; n++) {
      Scene.passes(Duration.ofMillis(600));
      ended += scene.cluster().database().terminateBackends();
    }
    load.finish();
    assertThat(ended).as("connections that were ended").isPositive();
    scene.assertSucceeds(scene.submit(Request.steps(50)));
  }

  /** F11: whether it was written is not known; whoever asks again learns it. */
  static void connectionDiesDuringCommit(Scene scene) throws InterruptedException {
    var lost = new Condition.AnswerLost("COMMIT", "", 8);
    scene.cluster().databaseWays().forEach(way -> way.set(lost));
    var load = scene.load().start(3, 8, scene.random().nextLong(), _ -> Request.steps(50));
    load.finish();
    scene.soon().until(lost::isUsedUp);
    scene.cluster().heal();
  }
}

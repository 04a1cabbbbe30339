package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

/** What happens to workers. */
final class WorkerFaults {
  static final String LOST = "3, 6";
  static final String RELEASED = "5";
  private static final int KILLS = 3;
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(3);
  private static final Duration SHORTLY = Duration.ofMillis(800);
  private static final long SLOW = 2 << 20;

  private WorkerFaults() {}

  /** F1: its parts are garbage, which the sweep takes away; the run is done by another. */
  static void killedMidUpload(Scene scene) {
    scene.cluster().workers().forEach(each -> each.storeWay().set(new Condition.Bandwidth(SLOW)));
    String run = scene.submit(Request.readings(900_000));
    var worker = scene.worker(run);
    scene.soon().until(() -> !scene.cluster().store().openUploads().isEmpty());
    worker.member().kill();
    scene.cluster().workers().forEach(each -> each.storeWay().clear());
    scene.assertSucceeds(run);
    assertThat(scene.number(run, "losses")).isEqualTo(1);
  }

  static void killedAtRandom(Scene scene) throws InterruptedException {
    scene.load().start(4, 12, scene.random().nextLong(), Load::mixed);
    for (int kill = 0; kill < KILLS; kill++) {
      Scene.passes(BETWEEN_KILLS);
      scene.anyWorker().member().kill();
    }
    scene.load().finish();
  }

  /** Within its TTL: it goes on where it stood, and nobody notices. */
  static void frozenShortly(Scene scene) throws InterruptedException {
    String run = scene.submit(Request.steps(3_000));
    var worker = scene.worker(run);
    worker.member().freeze();
    Scene.passes(SHORTLY);
    worker.member().thaw();
    scene.assertSucceeds(run);
    assertThat(scene.number(run, "losses")).isZero();
    assertThat(scene.number(run, "attempts")).isEqualTo(1);
  }

  /** F2: frozen beyond its TTL, it goes on, and is refused or knows it before. */
  static void frozenForAWhile(Scene scene) {
    String run = scene.submit(Request.steps(2_000));
    var worker = scene.worker(run);
    worker.member().freeze();
    scene.soon().until(() -> scene.leases(run, LOST) == 1);
    worker.member().thaw();
    scene.assertSucceeds(run);
    assertThat(scene.number(run, "losses")).isEqualTo(1);
  }

  /** F3: it lets go before another can have its lease, though its store is there. */
  static void cutFromTheControlPlane(Scene scene) {
    String run = scene.submit(Request.steps(8_000));
    var worker = scene.worker(run);
    worker.controlWay().set(new Condition.BlackHole());
    scene.soon().until(() -> scene.leases(run, LOST) == 1);
    var other = scene.worker(run);
    assertThat(other.member().name()).isNotEqualTo(worker.member().name());
    worker.controlWay().clear();
    scene.assertSucceeds(run);
  }

  /** F19: what runs on goes on in another, with nothing counted. */
  static void toldToStop(Scene scene) {
    String run = scene.submit(Request.steps(14_000));
    var worker = scene.worker(run);
    assertThat(worker.member().stop(Duration.ofSeconds(25))).isZero();
    worker.member().want();
    assertThat(scene.leases(run, RELEASED)).isEqualTo(1);
    scene.assertSucceeds(run);
    assertThat(scene.number(run, "losses")).isZero();
    assertThat(scene.number(run, "attempts")).isEqualTo(1);
  }

  /** F15: dead after three losses, whatever the attempts are. */
  static void killedByARun(Scene scene) {
    String run = scene.submit(Request.of("faults/crash", Map.of()));
    scene.within(Duration.ofSeconds(90)).until(() -> scene.state(run).equals("dead"));
    var view = scene.client().get("/v1/runs/" + run).body();
    assertThat(view.path("losses").asInt()).isEqualTo(3);
    assertThat(view.path("error").path("code").asText()).isEqualTo("crash_loop");
  }
}

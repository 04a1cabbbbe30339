package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** What happens to the store, and on the way to it. */
final class StoreFaults {
  private static final long SLOW = 2 << 20;
  private static final int TOGGLES = 16;

  private StoreFaults() {}

  static void killedDuringMultipart(Scene scene) {
    scene.cluster().workers().forEach(each -> each.storeWay().set(new Condition.Bandwidth(SLOW)));
    String run = scene.submit(Request.readings(900_000));
    scene.soon().until(() -> !scene.cluster().store().openUploads().isEmpty());
    scene.cluster().store().kill();
    scene.cluster().workers().forEach(each -> each.storeWay().clear());
    scene.cluster().store().start();
    scene.assertSucceeds(run);
  }

  /** F13: heartbeats go on, and nothing is lost. */
  static void slow(Scene scene) throws InterruptedException {
    scene
        .cluster()
        .workers()
        .forEach(each -> each.storeWay().set(new Condition.Latency(Duration.ofMillis(300))));
    var load = scene.load().start(2, 5, scene.random().nextLong(), _ -> Request.readings(2_000));
    String run = scene.submit(Request.readings(5_000));
    load.finish();
    scene.assertSucceeds(run);
    assertThat(scene.number(run, "losses")).isZero();
  }

  static void resetsAndTruncatedBodies(Scene scene) throws InterruptedException {
    var conditions =
        List.of(
            new Condition.Reset(),
            new Condition.Truncated(40),
            Condition.CLEAR,
            new Condition.Down(),
            Condition.CLEAR,
            new Condition.Truncated(4_000));
    var load = scene.load().start(3, 10, scene.random().nextLong(), Load::mixed);
    for (int n = 0; n < TOGGLES; n++) {
      var worker = scene.anyWorker();
      var way = scene.random().nextBoolean() ? worker.storeWay() : worker.controlWay();
      way.set(conditions.get(scene.random().nextInt(conditions.size())));
      scene.cluster().clientWay().set(conditions.get(scene.random().nextInt(conditions.size())));
      Scene.passes(Duration.ofMillis(500));
    }
    scene.cluster().heal();
    load.finish();
  }

  /** F12: the retry finds its own object, and takes it for its success. */
  static void putWhoseAnswerIsLost(Scene scene) {
    var lost = new Condition.AnswerLost("PUT /", "", 3);
    scene.cluster().workers().forEach(each -> each.storeWay().set(lost));
    String run = scene.submit(Request.steps(50));
    scene.assertSucceeds(run);
    assertThat(lost.left().get()).isLessThan(3);
    assertThat(scene.number(run, "attempts")).isEqualTo(1);
  }
}

package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What happens to control planes, and to their answers. */
final class ControlFaults {
  private static final Duration STOPPED = Duration.ofSeconds(20);

  private ControlFaults() {}

  static void restartedOneByOne(Scene scene) throws InterruptedException {
    var load = scene.load().start(3, 15, scene.random().nextLong(), Load::mixed);
    for (Member control : scene.cluster().controls()) {
      assertThat(control.stop(STOPPED)).as(control.name() + " ends in order").isZero();
      control.want();
      scene.cluster().awaitControl(control);
    }
    load.finish();
  }

  /** F4: the lease is given back, with nothing counted. */
  static void claimAnswersLost(Scene scene) {
    var lost = new Condition.AnswerLost("/claim ", "lease_id", 2);
    scene.cluster().workers().forEach(each -> each.controlWay().set(lost));
    String run = scene.submit(Request.steps(100));
    scene.assertSucceeds(run);
    assertThat(lost.isUsedUp()).as("two answers were lost").isTrue();
    assertThat(scene.number(run, "losses")).isZero();
    assertThat(scene.number(run, "attempts")).isEqualTo(1);
  }

  /** F5: asked again, it gets the same answer. */
  static void commitAndCompleteAnswersLost(Scene scene) {
    for (String call : List.of("/commit ", "/complete ")) {
      var lost = new Condition.AnswerLost(call, "", 2);
      scene.cluster().workers().forEach(each -> each.controlWay().set(lost));
      String run = scene.submit(Request.steps(100));
      scene.assertSucceeds(run);
      scene.soon().until(lost::isUsedUp);
      assertThat(scene.number(run, "losses")).isZero();
      assertThat(scene.leases(run, "1")).isEqualTo(1);
      scene.cluster().heal();
    }
  }

  /** F6: the same key, the same run. */
  static void submitAnswersLost(Scene scene) throws InterruptedException {
    var lost = new Condition.AnswerLost("POST /v1/runs ", "", 10);
    scene.cluster().clientWay().set(lost);
    scene.load().start(4, 6, scene.random().nextLong(), _ -> Request.steps(20)).finish();
    assertThat(lost.isUsedUp()).isTrue();
  }

  /** F7: the expander goes on where its predecessor was. */
  static void killedMidFanOut(Scene scene) {
    var answer =
        scene
            .client()
            .post(
                "/v1/backfills",
                "{\"assets\":[\"faults/day\"],\"partitions\":{\"from\":\"2024-01-01\",\"to\":\"2024-02-29\"}}");
    String backfill = answer.text("id").orElseThrow(() -> new AssertionError(answer.toString()));
    scene.soon().until(() -> ended(scene, backfill) > 5);
    scene.cluster().controls().forEach(Member::kill);
    scene
        .soon()
        .until(
            () ->
                scene
                    .client()
                    .get("/v1/backfills/" + backfill)
                    .text("state")
                    .orElse("")
                    .equals("succeeded"));
    assertThat(counts(scene, backfill)).isEqualTo(Map.of("succeeded", 60L));
  }

  private static long ended(Scene scene, String backfill) {
    return scene
        .cluster()
        .database()
        .count(
            "SELECT count(*) FROM stowage.run WHERE outcome IS NOT NULL AND backfill_id = '%s'"
                .formatted(backfill));
  }

  /** Runs of the backfill by partition: each one once. */
  private static Map<String, Long> counts(Scene scene, String backfill) {
    long runs =
        scene
            .cluster()
            .database()
            .count(
                "SELECT count(DISTINCT spec -> 'partitions' ->> 0) FROM stowage.run WHERE outcome = 1 AND backfill_id = '%s'"
                    .formatted(backfill));
    return Map.of("succeeded", runs);
  }
}

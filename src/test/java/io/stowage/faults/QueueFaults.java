package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What clients do to the queue: all at once, against each other, with what is not theirs. */
final class QueueFaults {
  private static final int CLIENTS = 50;
  private static final int CANCELS = 40;
  private static final int LIMITED = 12;

  private QueueFaults() {}

  static void fiftyClientsWithOneKey(Scene scene) throws InterruptedException {
    var request = Request.steps(50);
    var runs = ConcurrentHashMap.<String>newKeySet();
    var threads = new ArrayList<Thread>();
    for (int n = 0; n < CLIENTS; n++) {
      var client = scene.load().client();
      threads.add(Thread.ofVirtual().start(() -> runs.add(Load.run(client, request))));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
    }
    assertThat(runs).hasSize(1);
  }

  /** Who is first wins, and there is one end. */
  static void canceledWhileItCompletes(Scene scene) throws InterruptedException {
    for (int n = 0; n < CANCELS; n++) {
      String run = scene.submit(Request.steps(scene.random().nextInt(80)));
      Scene.passes(Duration.ofMillis(scene.random().nextInt(200)));
      scene.client().cancel(run);
    }
  }

  static void oneAtATimeWithKills(Scene scene) {
    var runs = new ArrayList<String>();
    for (int n = 0; n < LIMITED; n++) {
      var request = Request.limited("faults/steps", Map.of("millis", "250"), "one", 1);
      runs.add(scene.submit(request));
      if (n == LIMITED / 2) {
        scene.soon().until(() -> runs.stream().anyMatch(run -> scene.state(run).equals("running")));
        String running =
            runs.stream().filter(run -> scene.state(run).equals("running")).findFirst().orElse("");
        if (!running.isEmpty()) {
          scene.anyWorker().member().kill();
        }
      }
    }
    runs.forEach(run -> scene.within(Duration.ofSeconds(90)).until(() -> ended(scene, run)));
  }

  private static boolean ended(Scene scene, String run) {
    String state = scene.state(run);
    return state.equals("succeeded") || state.equals("dead");
  }

  /** Neither another's lease nor one that was given back is worth anything. */
  static void strangeLeases(Scene scene) {
    assertThat(commitsUnderStrangeLeases(scene)).containsOnly("lease_lost");
  }

  /** What is answered to who commits under a lease that he gave back, and under another's. */
  static List<String> commitsUnderStrangeLeases(Scene scene) {
    try (var way = scene.cluster().strangersWay();
        var first = new Stranger(scene.cluster(), way, "strange");
        var second = new Stranger(scene.cluster(), way, "strange")) {
      String run = scene.submit(Request.of("bench/nothing", Map.of(), Map.of("queue", "strange")));
      String before = first.claim();
      first.release(run, before);
      String now = second.claim();
      var answers = List.of(first.commit(run, before), first.commit(run, now));
      second.complete(run, now);
      return answers;
    }
  }
}

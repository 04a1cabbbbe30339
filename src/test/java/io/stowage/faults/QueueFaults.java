package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stowage.protocol.http.JsonClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What clients do to the queue: all at once, against each other, with what is not theirs. */
final class QueueFaults {
  private static final int CLIENTS = 50;
  private static final int CANCELS = 40;
  private static final int LIMITED = 12;
  private static final int POLLS = 1_000;
  private static final int OPENERS = 20;
  private static final Duration POLL = Duration.ofSeconds(15);
  private static final Duration FALLBACK_POLLS = Duration.ofMillis(2_500);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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

  /** Neither another's lease nor one that was given back is worth anything, nor one made up. */
  static void strangeLeases(Scene scene) {
    assertThat(commitsUnderStrangeLeases(scene)).containsOnly("lease_lost");
  }

  /**
   * What is answered to who commits under a lease that he gave back, under another's, and under one
   * that never was.
   */
  static List<String> commitsUnderStrangeLeases(Scene scene) {
    String catalog = Stranger.catalog(scene.cluster());
    try (var way = scene.cluster().strangersWay();
        var anybody = Stranger.anybody(way);
        var first = new Stranger(anybody, catalog, "strange");
        var second = new Stranger(anybody, catalog, "strange")) {
      String run = scene.submit(Request.of("bench/nothing", Map.of(), Map.of("queue", "strange")));
      String before = first.claim(POLL);
      first.release(run, before);
      String now = second.claim(POLL);
      var answers =
          List.of(
              first.commit(run, before),
              first.commit(run, now),
              first.commit(run, UUID.randomUUID().toString()));
      second.complete(run, now);
      return answers;
    }
  }

  private record Claimed(Stranger by, String lease) {}

  /**
   * F18: at two control planes a thousand claims wait; one gets it, and the others go on waiting.
   */
  static void thousandPollsOneItem(Scene scene) throws InterruptedException {
    String catalog = Stranger.catalog(scene.cluster());
    var answered = new ConcurrentLinkedQueue<Claimed>();
    try (var way = scene.cluster().strangersWay();
        var anybody = Stranger.anybody(way)) {
      for (Stranger each : crowd(anybody, catalog)) {
        Thread.ofVirtual()
            .uncaughtExceptionHandler((_, _) -> {}) // those that wait end with their client
            .start(() -> answered.add(new Claimed(each, each.claim(POLL))));
      }
      scene.soon().until(() -> way.connections() >= POLLS); // each has one of its own

      String run = scene.submit(Request.of("bench/nothing", Map.of(), Map.of("queue", "crowd")));
      scene.soon().until(() -> !answered.isEmpty());
      Scene.passes(FALLBACK_POLLS);
      assertThat(answered).as("claims that were answered").hasSize(1);
      var claimed = answered.remove();
      claimed.by().complete(run, claimed.lease());
      scene.assertSucceeds(run);
    }
  }

  /** Sessions of one queue, opened side by side. They send no heartbeats. */
  private static List<Stranger> crowd(JsonClient anybody, String catalog)
      throws InterruptedException {
    var sessions = new ConcurrentLinkedQueue<Stranger>();
    sessions.add(new Stranger(anybody, catalog, "crowd"));
    anybody.call(
        "PUT", "/v1/queues/crowd", Map.of("session_ttl", "PT60S"), JsonNode.class, PATIENCE);
    var openers = new ArrayList<Thread>();
    for (int n = 0; n < OPENERS; n++) {
      openers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (sessions.size() < POLLS) {
                      sessions.add(new Stranger(anybody, catalog, "crowd"));
                    }
                  }));
    }
    for (Thread opener : openers) {
      assertThat(opener.join(PATIENCE)).isTrue();
    }
    return List.copyOf(sessions);
  }
}

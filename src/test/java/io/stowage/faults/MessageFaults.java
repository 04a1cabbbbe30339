package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.message.Message;
import io.stowage.message.MessageQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** What happens to the messages by which workers hear of runs. */
final class MessageFaults {
  private static final int RUNS = 40;
  private static final Duration HIDDEN = Duration.ofSeconds(1);
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private MessageFaults() {}

  /**
   * Word of a run comes twice and more, late, after its end too, and to another worker while one
   * dies of it; each run ends once all the same, and no message is left.
   */
  static void twiceAndLate(Scene scene) throws InterruptedException {
    var hired = scene.cluster().hire("told-1", "told-2");
    try (var messages =
            scene
                .cluster()
                .messages()
                .open(Cluster.TOLD, scene.cluster().messages().url(Cluster.TOLD), HIDDEN);
        var postman = new Postman(messages, scene.random().nextLong())) {
      var runs = new ArrayList<String>();
      for (int n = 0; n < RUNS; n++) {
        runs.add(submit(scene, scene.random().nextInt(20, 400)));
        if (n % 10 == 9) {
          scene.client().cancel(runs.getLast());
        }
      }
      String deadly = submit(scene, 3_000);
      scene.worker(deadly).member().kill();
      runs.add(deadly);
      runs.forEach(run -> scene.soon().until(() -> ended(scene, run)));
      assertThat(postman.end()).as("messages that came again").isGreaterThan(RUNS / 4);
      assertThat(scene.number(deadly, "losses")).isEqualTo(1);
      long leases = leases(scene);
      messages.send(runs.stream().map(UUID::fromString).toList());
      scene.within(PATIENCE).until(() -> messages.depth() == 0);
      assertThat(leases(scene)).as("leases of runs that had ended").isEqualTo(leases);
    } finally {
      for (var each : hired) {
        assertThat(scene.cluster().dismiss(each)).isZero();
      }
    }
  }

  private static String submit(Scene scene, int millis) {
    return scene.submit(
        Request.of(
            "faults/steps",
            Map.of("millis", String.valueOf(millis)),
            Map.of("queue", Cluster.TOLD)));
  }

  private static boolean ended(Scene scene, String run) {
    String state = scene.state(run);
    return state.equals("succeeded") || state.equals("canceled");
  }

  private static long leases(Scene scene) {
    return scene
        .cluster()
        .database()
        .count(
            """
            SELECT count(*) FROM stowage.attempt a JOIN stowage.run r ON r.id = a.run_id
            JOIN stowage.queue q ON q.id = r.queue_id WHERE q.name = 'told'""");
  }

  /** Takes messages away from the workers, and has them come late, twice, or both. */
  private static final class Postman implements AutoCloseable {
    private final MessageQueue messages;
    private final Random random;
    private final Thread thread;
    private volatile boolean over;
    private int again;

    Postman(MessageQueue messages, long seed) {
      this.messages = messages;
      this.random = new Random(seed);
      this.thread = Thread.ofVirtual().name("postman").start(this::deliver);
    }

    private void deliver() {
      while (!over) {
        for (Message each : messages.receive(3, Duration.ofSeconds(1))) {
          each.run().ifPresent(run -> messages.send(List.of(run)));
          again++;
          if (random.nextBoolean()) {
            messages.giveBack(List.of(each));
          } // else it comes again by itself, when nobody has deleted it
        }
        try {
          Thread.sleep(MOMENT); // so that the workers get some too
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    /** How many messages it has sent again. */
    int end() throws InterruptedException {
      over = true;
      assertThat(thread.join(PATIENCE)).isTrue();
      return again;
    }

    @Override
    public void close() throws InterruptedException {
      end();
    }
  }
}

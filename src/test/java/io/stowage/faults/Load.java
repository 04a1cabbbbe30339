package io.stowage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Clients that ask for runs, now and then cancel one or have one done again, and ask again where
 * they do not know what became of it.
 */
final class Load implements AutoCloseable {
  private static final int MOST_TRIES = 60;
  private static final Duration LONGEST = Duration.ofSeconds(120);

  private final FaultProxy way;
  private final History history;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();

  Load(FaultProxy way, History history) {
    this.way = way;
    this.history = history;
  }

  synchronized Client client() {
    var client = new Client("client-" + (clients.size() + 1), way, history);
    clients.add(client);
    return client;
  }

  /** As many clients, each of which asks so many times, with pauses. */
  Load start(int count, int requests, long seed, Function<Random, Request> mix) {
    for (int n = 0; n < count; n++) {
      var client = client();
      var random = new Random(seed + n);
      threads.add(Thread.ofVirtual().start(() -> ask(client, requests, random, mix)));
    }
    return this;
  }

  private static void ask(
      Client client, int requests, Random random, Function<Random, Request> mix) {
    for (int n = 0; n < requests; n++) {
      Optional<String> run = submitted(client, mix.apply(random));
      pause(random.nextInt(50, 300));
      if (run.isPresent() && random.nextInt(10) == 0) {
        client.cancel(run.get());
      } else if (run.isPresent() && random.nextInt(20) == 0) {
        client.retry(run.get()); // refused while it lives
      }
    }
  }

  /** Asks until it is known whether there is a run; empty where there is none. */
  static Optional<String> submitted(Client client, Request request) {
    for (int tried = 0; tried < MOST_TRIES; tried++) {
      var answer = client.submit(request);
      if (answer.outcome() == Operation.Outcome.OK) {
        return answer.text("id");
      }
      if (answer.outcome() == Operation.Outcome.FAILED && answer.status() != 429) {
        throw new AssertionError("refused: " + answer + " to " + request);
      }
      pause(ThreadLocalRandom.current().nextInt(100, 600));
    }
    return Optional.empty();
  }

  static String run(Client client, Request request) {
    return submitted(client, request)
        .orElseThrow(() -> new AssertionError("no control plane took " + request));
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A mix of runs that do nothing, that take their time, and that store a little or more. */
  static Request mixed(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Request.of("bench/nothing", java.util.Map.of());
      case 1 -> Request.readings(random.nextInt(1_000, 30_000));
      case 2 -> Request.limited("faults/steps", java.util.Map.of("millis", "100"), "two", 2);
      default -> Request.steps(random.nextInt(50, 1_500));
    };
  }

  /** Until all have asked what they had to ask. */
  void finish() throws InterruptedException {
    for (Thread thread : threads) {
      assertThat(thread.join(LONGEST)).as("a client has finished").isTrue();
    }
    threads.clear();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    clients.forEach(Client::close);
  }
}

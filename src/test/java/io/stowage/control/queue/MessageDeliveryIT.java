package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.control.database.Database;
import io.stowage.control.message.MessageDelivery;
import io.stowage.control.message.MissedRuns;
import io.stowage.control.queue.OwnDatabase.Worker;
import io.stowage.fixture.SqsEndpoint;
import io.stowage.message.MessageQueue;
import io.stowage.message.MessageQueues;
import io.stowage.protocol.Lease;
import io.stowage.worker.pull.Messages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The second delivery: messages bring word of runs, twice, late or not at all, and each run is
 * leased to one worker all the same. PostgreSQL and ElasticMQ, on loopback.
 */
@Timeout(120)
class MessageDeliveryIT {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration HIDDEN = Duration.ofSeconds(30);
  private static OwnDatabase own;
  private static SqsEndpoint sqs;

  private final String name = "q" + UUID.randomUUID().toString().substring(0, 8);
  private Database database;
  private MessageQueues queues;
  private MessageQueue messages;
  private MessageDelivery delivery;
  private RunQueue server;
  private Member one;
  private Member two;
  private short queue;

  @BeforeAll
  static void startServers() throws IOException {
    own = OwnDatabase.start();
    sqs = SqsEndpoint.start();
  }

  @AfterAll
  static void endServers() throws IOException {
    sqs.close();
    own.close();
  }

  private final OwnDatabase.Counted counted = new OwnDatabase.Counted();

  @BeforeEach
  void startQueue() {
    database = own.connect();
    messages = sqs.queue(name, HIDDEN);
    queues = new MessageQueues(Map.of(name, messages));
    delivery = new MessageDelivery(queues, database, counted);
    server = OwnDatabase.server(database, delivery);
    one = new Member(Worker.at(server, name), new Messages(queues, List.of(name)));
    two = new Member(Worker.at(server, name), new Messages(queues, List.of(name)));
    queue = OwnDatabase.queueId(database, name);
  }

  @AfterEach
  void endQueue() {
    one.messages.close();
    two.messages.close();
    delivery.close();
    queues.close();
  }

  /** A worker that hears of runs by messages. */
  private record Member(Worker worker, Messages messages) {
    List<UUID> next(Duration wait) {
      return leases(wait).stream().map(Lease::runId).toList();
    }

    List<Lease> leases(Duration wait) {
      return messages.next(
          request -> worker.queue().claims().claim(worker.id(), worker.secret(), request), 1, wait);
    }
  }

  private UUID submitted() {
    return submitted(OwnDatabase.run(queue, 5));
  }

  private UUID submitted(NewRun run) {
    server.submissions().submit(run, null, "");
    return run.id();
  }

  /** A run whose message is there. */
  private UUID told() {
    UUID run = submitted();
    awaitMessages(1);
    return run;
  }

  private void awaitMessages(int count) {
    await().untilAsserted(() -> assertThat(messages.depth()).isEqualTo(count));
  }

  private String stateOf(UUID run) {
    return OwnDatabase.stateOf(database, run);
  }

  private void waitingForLong(UUID run) {
    database.query(
        "UPDATE stowage.live SET ready_at = ready_at - interval '1 min' WHERE run_id = $1", run);
  }

  private MissedRuns missed() {
    return MissedRuns.of(queues, database, System::nanoTime);
  }

  @Test
  void bringsWordOfARunThatIsReady() {
    UUID run = told();
    await().untilAsserted(() -> assertThat(counted.told).isEqualTo(Map.of("sent", 1)));
    var leases = one.leases(LONG);
    assertThat(leases).extracting(Lease::runId).containsExactly(run);
    assertThat(one.worker.end(OwnDatabase.succeeded(leases.getFirst()))).isEqualTo("recorded");
    awaitMessages(0);
  }

  @Test
  void leasesARunOnceThoughWordOfItComesTwice() {
    UUID run = told();
    messages.send(List.of(run, run));
    awaitMessages(3);
    assertThat(one.next(LONG)).containsExactly(run);
    assertThat(two.next(Duration.ZERO)).isEmpty();
    assertThat(one.next(Duration.ZERO)).isEmpty();
    awaitMessages(0);
    assertThat(stateOf(run)).isEqualTo("running");
  }

  @Test
  void bringsNothingBackThatIsDone() {
    UUID done = told();
    one.worker.end(OwnDatabase.succeeded(one.leases(LONG).getFirst()));
    UUID canceled = told();
    server.cancellations().cancel(canceled, "test");
    messages.send(List.of(done, UUID.randomUUID()));
    awaitMessages(3);
    assertThat(two.next(Duration.ofSeconds(1))).isEmpty();
    awaitMessages(0);
    assertThat(List.of(stateOf(done), stateOf(canceled))).containsExactly("succeeded", "canceled");
  }

  @Test
  void tellsOfARunWhenItsTimeHasComeThoughWordOfItCameBefore() {
    NewRun plain = OwnDatabase.run(queue, 5);
    UUID run =
        submitted(
            new NewRun(
                plain.id(),
                false,
                queue,
                plain.spec(),
                5,
                4,
                null,
                Instant.now().plusSeconds(3_600),
                null,
                List.of(),
                null,
                "test"));
    messages.send(List.of(run));
    awaitMessages(1);
    assertThat(one.next(Duration.ofSeconds(1))).isEmpty();
    awaitMessages(0);
    database.query("UPDATE stowage.live SET visible_at = clock_timestamp() WHERE run_id = $1", run);
    server.housekeeping().promote();
    awaitMessages(1);
    assertThat(one.next(LONG)).containsExactly(run);
  }

  @Test
  void tellsOfARunAgainForItsNextAttempt() {
    UUID run = told();
    one.worker.end(OwnDatabase.failed(one.leases(LONG).getFirst()));
    awaitMessages(0);
    database.query("UPDATE stowage.live SET visible_at = clock_timestamp() WHERE run_id = $1", run);
    server.housekeeping().promote();
    awaitMessages(1);
    assertThat(two.next(LONG)).containsExactly(run);
  }

  @Test
  void tellsOfARunAgainThatWasGivenBack() {
    UUID run = told();
    Lease lease = one.leases(LONG).getFirst();
    awaitMessages(0);
    server
        .releases()
        .release(new Releases.Release(one.worker.id(), run, lease.leaseId(), "drained", null));
    awaitMessages(1);
    assertThat(two.next(LONG)).containsExactly(run);
  }

  @Test
  void handsOutARunWhoseMessageIsLostToWhoeverAsks() {
    UUID run = told();
    sqs.purge(name);
    awaitMessages(0);
    assertThat(one.next(Duration.ofSeconds(1))).containsExactly(run);
  }

  @Test
  void tellsAgainOfARunWhoseMessageIsLost() {
    UUID run = told();
    sqs.purge(name);
    awaitMessages(0);
    MissedRuns missed = missed();
    missed.tell();
    assertThat(messages.depth()).as("it has not been ready for long").isZero();
    waitingForLong(run);
    missed.tell();
    awaitMessages(1);
    assertThat(one.next(LONG)).containsExactly(run);
  }

  @Test
  void tellsOfRunsThatAPausedQueueHeldBack() {
    database.query("UPDATE stowage.queue SET paused = true WHERE id = $1", queue);
    UUID run = told();
    assertThat(one.next(Duration.ofSeconds(1))).isEmpty();
    awaitMessages(0);
    waitingForLong(run);
    missed().tell();
    assertThat(messages.depth()).as("a paused queue hands nothing out").isZero();
    database.query("UPDATE stowage.queue SET paused = false WHERE id = $1", queue);
    missed().tell();
    awaitMessages(1);
    assertThat(one.next(LONG)).containsExactly(run);
  }

  @Test
  void losesNothingWhereTheServiceIsAway() {
    int port;
    try (var ended = SqsEndpoint.start()) {
      port = ended.uri().getPort();
    }
    try (var away = SqsEndpoint.at(port, name, HIDDEN)) {
      var queuesAway = new MessageQueues(Map.of(name, away));
      var pull = new Messages(queuesAway, List.of(name));
      NewRun first = OwnDatabase.run(queue, 5);
      NewRun second = OwnDatabase.run(queue, 5);
      try (var unreachable = new MessageDelivery(queuesAway, database, counted)) {
        RunQueue cut = OwnDatabase.server(database, unreachable);
        cut.submissions().submit(first, null, "");
        cut.submissions().submit(second, null, "");
        assertThat(new Member(one.worker, pull).next(LONG))
            .as("the control plane is asked in place of the queue")
            .containsExactly(first.id());
        await().untilAsserted(() -> assertThat(counted.told).isEqualTo(Map.of("failed", 2)));
      }
      try (var back = SqsEndpoint.start(port)) {
        back.create(name);
        waitingForLong(second.id());
        MissedRuns.of(queuesAway, database, System::nanoTime).tell();
        assertThat(away.depth()).isEqualTo(1);
        assertThat(new Member(two.worker, pull).next(LONG)).containsExactly(second.id());
      }
    }
  }

  @Test
  void handsOutRunsThoughTheQueueHoldsWhatIsNoRun() {
    sqs.put(name, "hello");
    sqs.put(name, "{\"Records\": []}");
    awaitMessages(2);
    UUID run = submitted();
    awaitMessages(3);
    assertThat(one.next(LONG)).containsExactly(run);
    awaitMessages(2);
    UUID lost = submitted();
    awaitMessages(3);
    sqs.purge(name);
    waitingForLong(lost);
    sqs.put(name, "hello again");
    awaitMessages(1);
    missed().tell();
    awaitMessages(2);
    assertThat(two.next(LONG)).containsExactly(lost);
  }

  @Test
  void leasesARunOnceThoughItTakesLongerThanItsMessageIsHidden() {
    try (var brief = sqs.open(name, sqs.url(name), Duration.ofSeconds(1))) {
      UUID run = told();
      // as a worker that dies between the claim's answer and the end of the message
      var received = brief.receive(1, Duration.ofSeconds(5));
      assertThat(received).hasSize(1);
      Lease lease =
          server.claims().claim(one.worker.id(), one.worker.secret(), List.of(run)).getFirst();
      var late = new Messages(new MessageQueues(Map.of(name, brief)), List.of(name));
      assertThat(new Member(two.worker, late).next(Duration.ofSeconds(3))).isEmpty();
      awaitMessages(0);
      brief.delete(received);
      assertThat(one.worker.end(OwnDatabase.succeeded(lease))).isEqualTo("recorded");
      assertThat(stateOf(run)).isEqualTo("succeeded");
    }
  }

  @Test
  void tellsEachQueueOfItsOwnRunsAndNobodyOfOthers() {
    String other = name + "-b";
    String silent = name + "-c";
    Worker atOther = Worker.at(server, other);
    Worker.at(server, silent);
    try (var second = sqs.queue(other, HIDDEN);
        var both =
            new MessageDelivery(
                new MessageQueues(Map.of(name, messages, other, second)), database, counted)) {
      RunQueue twice = OwnDatabase.server(database, both);
      NewRun a = OwnDatabase.run(queue, 5);
      NewRun b = OwnDatabase.run(OwnDatabase.queueId(database, other), 5);
      NewRun c = OwnDatabase.run(OwnDatabase.queueId(database, silent), 5);
      for (NewRun each : List.of(a, b, c)) {
        twice.submissions().submit(each, null, "");
      }
      awaitMessages(1);
      await().untilAsserted(() -> assertThat(second.depth()).isEqualTo(1));
      var pull = new Messages(new MessageQueues(Map.of(other, second)), List.of(other));
      assertThat(new Member(atOther, pull).next(LONG)).containsExactly(b.id());
      assertThat(one.next(LONG)).containsExactly(a.id());
      assertThat(stateOf(c.id())).isEqualTo("queued");
    }
  }
}

package io.stowage.control.queue;

import static io.stowage.control.queue.RunLifecycleIT.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.ErrorCode;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.Lease;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitRequest;
import io.stowage.protocol.SubmitRequest.ConcurrencyKey;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is submitted is submitted once, and no more of it runs than may. */
@QuarkusTest
class SubmitIT {
  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
  }

  @Test
  void fiftyClientsWithOneKeyMakeOneRun() throws Exception {
    String key = UUID.randomUUID().toString();
    List<SubmitAnswer> answers = atOnce(50, () -> submit(queue.asking("raw", null), key));
    assertThat(answers).extracting(SubmitAnswer::id).containsOnly(answers.getFirst().id());
    assertThat(answers).filteredOn(answer -> !answer.replayed()).hasSize(1);
    assertThat(queue.worker().claim(10, Duration.ZERO)).hasSize(1);
  }

  @Test
  void aReplayTellsTheStateOfTheRun() {
    String key = UUID.randomUUID().toString();
    var first = submit(queue.asking("raw", null), key);
    var worker = queue.worker();
    worker.succeed(worker.claim());
    var again = submit(queue.asking("raw", null), key);
    assertThat(again).isEqualTo(new SubmitAnswer(first.id(), "succeeded", true));
  }

  @Test
  void aReplayIsAnsweredThoughTheCatalogHasChanged() {
    String key = UUID.randomUUID().toString();
    var first = submit(queue.asking("raw", null), key);
    database.query(
        "UPDATE stowage.queue SET catalog_hash = $2 WHERE name = $1", queue.name(), emptyCatalog());
    assertThat(submit(queue.asking("raw", null), key))
        .isEqualTo(new SubmitAnswer(first.id(), "queued", true));
    refused(ErrorCode.UNKNOWN_ASSET, () -> queue.submit());
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherRequest() {
    String key = UUID.randomUUID().toString();
    submit(queue.asking("town", "Basel"), key);
    refused(ErrorCode.IDEMPOTENCY_KEY_REUSED, () -> submit(queue.asking("town", "Chur"), key));
  }

  @Test
  void refusesADuplicateOfALiveRun() {
    UUID first = queue.submit(deduplicated("nightly"));
    refused(ErrorCode.DUPLICATE, () -> queue.submit(deduplicated("nightly")));
    var worker = queue.worker();
    worker.succeed(worker.claim());
    assertThat(queue.submit(deduplicated("nightly"))).isNotEqualTo(first);
  }

  @Test
  void refusesWhatAFullQueueCannotTake() {
    database.query("UPDATE stowage.queue SET max_depth = 1 WHERE name = $1", queue.name());
    String key = UUID.randomUUID().toString();
    var first = submit(queue.asking("raw", null), key);
    refused(ErrorCode.QUEUE_FULL, () -> submit(queue.asking("raw", null), "another " + key));
    assertThat(submit(queue.asking("raw", null), key).id())
        .as("a replay needs no room")
        .isEqualTo(first.id());
    database.query("UPDATE stowage.queue SET max_depth = 2 WHERE name = $1", queue.name());
    assertThat(submit(queue.asking("raw", null), "another " + key).replayed())
        .as("the refusal was not remembered")
        .isFalse();
  }

  @Test
  void neverRunsMoreOfAKeyThanMayRun() {
    UUID first = queue.submit(keyed(1));
    UUID second = queue.submit(keyed(1));
    UUID third = queue.submit(keyed(1));
    assertThat(queue.stateOf(first)).isEqualTo("queued");
    assertThat(queue.stateOf(second)).isEqualTo("blocked");

    var worker = queue.worker();
    Lease lease = worker.claim();
    assertThat(worker.claim(5, Duration.ZERO)).isEmpty();
    worker.succeed(lease);
    assertThat(worker.claim(5, Duration.ZERO))
        .singleElement()
        .extracting(Lease::runId)
        .isEqualTo(second);

    queue
        .client()
        .call("POST", "/v1/runs/" + third + "/cancel", null, Object.class, QueueUnderTest.TIMEOUT);
    assertThat(queue.stateOf(third)).isEqualTo("canceled");
    assertThat(unitsInUse()).isEqualTo(1);
  }

  @Test
  void keepsTheLimitWithManyWorkers() throws Exception {
    for (int i = 0; i < 12; i++) {
      queue.submit(keyed(2));
    }
    List<Integer> done = atOnce(4, () -> drain(queue.worker()));
    assertThat(done.stream().mapToInt(Integer::intValue).sum()).isEqualTo(12);
    assertThat(unitsInUse()).isZero();
  }

  private int drain(ScriptedWorker worker) {
    int done = 0;
    while (true) {
      var leases = worker.claim(1, Duration.ofSeconds(2));
      if (leases.isEmpty()) {
        return done;
      }
      assertThat(
              database
                  .first(
                      "SELECT count(*) AS n FROM stowage.live WHERE concurrency_keys @> ARRAY[$1] AND state >= 3",
                      queue.name())
                  .orElseThrow()
                  .getLong("n"))
          .isLessThanOrEqualTo(2);
      worker.succeed(leases.getFirst());
      done++;
    }
  }

  private int unitsInUse() {
    return database
        .first("SELECT in_use FROM stowage.concurrency WHERE key = $1", queue.name())
        .orElseThrow()
        .getInteger("in_use");
  }

  private SubmitAnswer submit(SubmitRequest request, String key) {
    return queue
        .client()
        .with("Idempotency-Key", key)
        .call("POST", "/v1/runs", request, SubmitAnswer.class, QueueUnderTest.TIMEOUT);
  }

  private SubmitRequest deduplicated(String key) {
    return request(null, queue.name() + key);
  }

  private SubmitRequest keyed(int most) {
    return request(List.of(new ConcurrencyKey(queue.name(), most)), null);
  }

  private SubmitRequest request(List<ConcurrencyKey> concurrency, String dedupKey) {
    return SubmitRequest.of(List.of(queue.key("raw")))
        .queue(queue.name())
        .concurrency(concurrency)
        .dedupKey(dedupKey)
        .build();
  }

  private String emptyCatalog() {
    var empty = new io.stowage.protocol.CatalogDocument(List.of(), java.util.Map.of());
    String hash = io.stowage.protocol.Json.hash(empty);
    database.query(
        "INSERT INTO stowage.catalog (hash, document) VALUES ($1, $2::text::jsonb) ON CONFLICT DO NOTHING",
        hash,
        io.stowage.protocol.Json.text(empty));
    return hash;
  }

  private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<T>();
      for (Future<T> future : executor.invokeAll(java.util.Collections.nCopies(threads, work))) {
        answers.add(future.get());
      }
      return answers;
    }
  }
}

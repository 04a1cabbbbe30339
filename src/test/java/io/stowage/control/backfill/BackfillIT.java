package io.stowage.control.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.StowageException;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.BackfillRequest;
import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Json;
import io.stowage.protocol.Lease;
import io.stowage.protocol.Page;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many partitions asked for at once: upstream first, nothing below a failure, nothing twice. */
@QuarkusTest
class BackfillIT {
  @TestHTTPResource URI base;
  @Inject Database database;
  @Inject Scheduler scheduler;
  @Inject Expander expander;

  private QueueUnderTest queue;
  private ScriptedWorker worker;

  @BeforeEach
  void takeAQueue() {
    scheduler.pause("promote");
    queue = QueueUnderTest.at(base, database);
    worker = queue.worker();
  }

  @AfterEach
  void letItRun() {
    scheduler.resume("promote");
  }

  @Test
  void runsUpstreamPartitionsFirst() {
    UUID id = submit(List.of("town", "weather", "report"), List.of("Basel", "Chur"));
    var towns = round();
    assertThat(towns)
        .hasSize(2)
        .allSatisfy(lease -> assertThat(lease.run().assets()).containsExactly(queue.key("town")));

    worker.succeed(with(towns, "Chur"));
    var weather = round();
    assertThat(weather)
        .singleElement()
        .satisfies(
            lease -> {
              assertThat(lease.run().assets()).containsExactly(queue.key("weather"));
              assertThat(lease.run().partitions()).containsExactly("Chur");
              assertThat(lease.run().backfill()).isEqualTo(id);
            });

    worker.succeed(with(towns, "Basel"));
    worker.succeed(weather.getFirst());
    round().forEach(worker::succeed);
    var report = round();
    assertThat(report)
        .singleElement()
        .satisfies(lease -> assertThat(lease.run().assets()).containsExactly(queue.key("report")));
    worker.succeed(report.getFirst());
    round();
    assertThat(view(id))
        .satisfies(
            ended -> {
              assertThat(ended.state()).isEqualTo("succeeded");
              assertThat(ended.counts()).containsEntry("succeeded", 5);
              assertThat(ended.finishedAt()).isNotNull();
            });
  }

  @Test
  void skipsWhatLiesBelowAFailure() {
    UUID id = submit(List.of("town", "weather", "report"), List.of("Basel", "Chur"));
    var towns = round();
    worker.fail(with(towns, "Basel"), false);
    worker.succeed(with(towns, "Chur"));
    var weather = round();
    assertThat(weather)
        .singleElement()
        .satisfies(lease -> assertThat(lease.run().partitions()).containsExactly("Chur"));
    worker.succeed(weather.getFirst());
    round();
    assertThat(view(id))
        .satisfies(
            ended -> {
              assertThat(ended.state()).isEqualTo("failed");
              assertThat(ended.counts())
                  .containsEntry("succeeded", 2)
                  .containsEntry("failed", 1)
                  .containsEntry("skipped", 2);
            });
  }

  @Test
  void submitsNothingTwiceWhereTheExpanderDiedHalfWay() {
    UUID id = submit(List.of("town"), List.of("Basel", "Chur"));
    expander.expand();
    forgetThatRunsWereSubmitted(id);
    assertThat(round()).hasSize(2);
    assertThat(runsOf(id)).isEqualTo(2);
    assertThat(view(id).counts()).containsEntry("live", 2);
  }

  @Test
  void cancelsWhatWaitsAndWhatRuns() {
    UUID id = submit(List.of("town", "weather"), List.of("Basel", "Chur"));
    expander.expand();
    Lease running = worker.claim();
    change(id, "cancel");
    assertThat(view(id).state()).isEqualTo("canceled");
    assertThat(worker.heartbeat(running.leaseId()).leases())
        .containsEntry(running.leaseId(), "cancel");
    worker.confirmCancel(running);
    assertThat(round()).isEmpty();
    assertThat(runsOf(id)).isEqualTo(2);
  }

  @Test
  void hasEndedOnlyWhenTheLastLiveRunOfACanceledOneHas() {
    UUID id = submit(List.of("town", "weather"), List.of("Basel", "Chur"));
    expander.expand();
    Lease running = worker.claim();
    BackfillView canceled = change(id, "cancel");
    assertThat(canceled.counts())
        .containsEntry("waiting", 0)
        .containsEntry("live", 1)
        .containsEntry("canceled", 3);
    assertThat(canceled.finishedAt()).isNull();
    worker.confirmCancel(running);
    expander.expand();
    assertThat(view(id))
        .satisfies(
            ended -> {
              assertThat(ended.state()).isEqualTo("canceled");
              assertThat(ended.counts()).containsEntry("live", 0).containsEntry("canceled", 4);
              assertThat(ended.finishedAt()).isNotNull();
            });
    assertThatThrownBy(() -> change(id, "cancel")).hasMessageContaining("has ended: it canceled");
  }

  @Test
  void whatRunsToItsEndThoughItWasCanceledStands() {
    UUID id = submit(List.of("town", "weather"), List.of("Basel"));
    Lease running = round().getFirst();
    change(id, "cancel");
    worker.succeed(running);
    assertThat(round()).isEmpty();
    assertThat(view(id).counts()).containsEntry("succeeded", 1).containsEntry("canceled", 1);
    assertThat(view(id).state()).isEqualTo("canceled");
  }

  @Test
  void submitsNothingWhileItIsPaused() {
    UUID id = submit(List.of("town", "weather"), List.of("Basel", "Chur"));
    var towns = round();
    assertThat(change(id, "pause").state()).isEqualTo("paused");
    assertThat(change(id, "pause").state()).isEqualTo("paused");
    towns.forEach(worker::succeed);
    assertThat(round()).isEmpty();
    assertThat(view(id).counts()).containsEntry("succeeded", 2).containsEntry("waiting", 2);
    assertThat(change(id, "resume").state()).isEqualTo("running");
    var weather = round();
    assertThat(weather).hasSize(2);
    weather.forEach(worker::succeed);
    round();
    assertThat(view(id).state()).isEqualTo("succeeded");
    for (String late : List.of("pause", "resume", "cancel")) {
      assertThatThrownBy(() -> change(id, late)).hasMessageContaining("has ended: it succeeded");
    }
  }

  @Test
  void aPausedOneCanBeCanceled() {
    UUID id = submit(List.of("town"), List.of("Basel"));
    change(id, "pause");
    expander.expand();
    change(id, "cancel");
    assertThat(round()).isEmpty();
    assertThat(view(id).state()).isEqualTo("canceled");
    assertThat(view(id).finishedAt()).isNotNull();
  }

  @Test
  void retriesWhatDidNotSucceedAndNothingElse() {
    UUID old = submit(List.of("town", "weather", "report"), List.of("Basel", "Chur"));
    var towns = round();
    assertThatThrownBy(() -> change(old, "retry"))
        .hasMessageContaining("it can be retried when it has ended");
    worker.fail(with(towns, "Basel"), false);
    worker.succeed(with(towns, "Chur"));
    round().forEach(worker::succeed);
    round();
    assertThat(view(old).state()).isEqualTo("failed");

    BackfillView retry = change(old, "retry");
    assertThat(retry.retryOf()).isEqualTo(old);
    assertThat(retry.total()).isEqualTo(3);
    Lease town = single(round());
    assertThat(town.run().assets()).containsExactly(queue.key("town"));
    assertThat(town.run().partitions()).containsExactly("Basel");
    worker.succeed(town);
    Lease weather = single(round());
    assertThat(weather.run().assets()).containsExactly(queue.key("weather"));
    assertThat(weather.run().partitions()).containsExactly("Basel");
    worker.succeed(weather);
    worker.succeed(single(round()));
    round();
    assertThat(view(retry.id()).state()).isEqualTo("succeeded");
    assertThat(view(retry.id()).counts()).containsEntry("succeeded", 3);
    assertThatThrownBy(() -> change(retry.id(), "retry"))
        .hasMessageContaining("nothing of it is left to retry");
  }

  @Test
  void retriesARetry() {
    UUID old = submit(List.of("town", "weather"), List.of("Basel"));
    worker.fail(single(round()), false);
    round();
    UUID second = change(old, "retry").id();
    worker.succeed(single(round()));
    worker.fail(single(round()), false);
    round();
    BackfillView third = change(second, "retry");
    assertThat(third.total()).isEqualTo(1);
    Lease weather = single(round());
    assertThat(weather.run().assets()).containsExactly(queue.key("weather"));
    worker.succeed(weather);
    round();
    assertThat(view(third.id()).state()).isEqualTo("succeeded");
  }

  @Test
  @Tag("C47")
  void retriesOfARangeWhatItHadNotCommitted() {
    UUID old = submit(List.of("bulk"), List.of("Basel", "Chur", "Davos"));
    Lease bulk = round().getFirst();
    worker.commit(bulk, queue.key("bulk"), "Chur");
    worker.fail(bulk, false);
    round();
    UUID retry = change(old, "retry").id();
    Lease again = single(round());
    assertThat(again.run().partitions()).containsExactly("Basel", "Davos");
    worker.succeed(again);
    round();
    assertThat(view(retry).counts()).containsEntry("succeeded", 2);
  }

  @Test
  void aRunThatIsCanceledByItselfSkipsWhatNeedsIt() {
    UUID id = submit(List.of("town", "weather"), List.of("Basel"));
    Lease town = single(round());
    queue
        .client()
        .call(
            "POST",
            "/v1/runs/" + town.runId() + "/cancel",
            null,
            Object.class,
            QueueUnderTest.TIMEOUT);
    worker.confirmCancel(town);
    round();
    assertThat(view(id).counts()).containsEntry("canceled", 1).containsEntry("skipped", 1);
    assertThat(view(id).state()).isEqualTo("failed");
  }

  @Test
  void waitsWhereTheQueueIsFullAndSaysSo() {
    database.query("UPDATE stowage.queue SET max_depth = 1 WHERE name = $1", queue.name());
    UUID id = submit(List.of("town"), List.of("Basel", "Chur"));
    var first = round();
    assertThat(first).hasSize(1);
    var second = round();
    assertThat(second).hasSize(1);
    expander.expand();
    assertThat(view(id).heldUp()).isNull();
    submit(List.of("town"), List.of("Basel"));
    UUID third = submit(List.of("town"), List.of("Chur"));
    expander.expand();
    assertThat(view(third).heldUp()).contains("full");
    first.forEach(worker::succeed);
    second.forEach(worker::succeed);
    worker.succeed(single(round()));
    worker.succeed(single(round()));
    round();
    assertThat(view(third).state()).isEqualTo("succeeded");
    assertThat(view(third).heldUp()).isNull();
  }

  @Test
  void goesOnWhenARunEndsWithoutWaitingForTheNextLook() {
    UUID id = submit(List.of("balance"), null);
    int links = view(id).total();
    assertThat(links).isGreaterThan(200);
    long began = System.nanoTime();
    for (int link = 0; link < 50; link++) {
      worker.succeed(single(worker.claim(1, Duration.ofSeconds(10))));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("one look of the leader at each would take 50 s")
        .isLessThan(Duration.ofSeconds(20));
    change(id, "cancel");
  }

  @Test
  void skipsAWholeChainBelowItsFirstFailure() {
    UUID id = submit(List.of("balance"), null);
    worker.fail(single(worker.claim(1, Duration.ofSeconds(10))), false);
    round();
    assertThat(view(id).counts())
        .containsEntry("failed", 1)
        .containsEntry("skipped", view(id).total() - 1);
    assertThat(view(id).state()).isEqualTo("failed");
  }

  @Test
  void isTheSameOneWhereTheAnswerWasLostAndItIsAskedForAgain() {
    String key = UUID.randomUUID().toString();
    UUID id = keyed(key, "Basel");
    assertThat(keyed(key, "Basel")).isEqualTo(id);
    assertThatThrownBy(() -> keyed(key, "Chur"))
        .hasMessageContaining("was used for another request");
    change(id, "cancel");
  }

  private UUID keyed(String key, String town) {
    var request =
        new BackfillRequest(List.of(queue.key("town")), List.of(town), queue.name(), null, null);
    return queue
        .client()
        .with("Idempotency-Key", key)
        .call("POST", "/v1/backfills", request, BackfillView.class, QueueUnderTest.TIMEOUT)
        .id();
  }

  @Test
  void listsThemPageByPageTheNewestFirst() {
    var ids =
        List.of("Basel", "Chur", "Davos").stream()
            .map(town -> submit(List.of("town"), List.of(town)))
            .toList();
    var first = page("");
    assertThat(first.items()).extracting(BackfillView::id).startsWith(ids.get(2), ids.get(1));
    assertThat(page("&cursor=" + first.cursor()).items())
        .extracting(BackfillView::id)
        .startsWith(ids.get(0));
    ids.forEach(id -> change(id, "cancel"));
  }

  private Page<BackfillView> page(String cursor) {
    var type =
        Json.reader().getTypeFactory().constructParametricType(Page.class, BackfillView.class);
    return queue
        .client()
        .call("GET", "/v1/backfills?limit=2" + cursor, null, type, QueueUnderTest.TIMEOUT);
  }

  @Test
  void takesAllPartitionsWhereNoneIsNamed() {
    var request =
        new BackfillRequest(
            List.of(queue.key("town")), null, queue.name(), null, Map.of("why", "new code"));
    var view =
        queue
            .client()
            .call("POST", "/v1/backfills", request, BackfillView.class, QueueUnderTest.TIMEOUT);
    assertThat(view.total()).isEqualTo(3);
    assertThat(round())
        .hasSize(3)
        .allSatisfy(lease -> assertThat(lease.run().tags()).containsEntry("why", "new code"));
  }

  @Test
  @Tag("C47")
  void makesASingleRunOfARangeAfterAllItNeeds() {
    UUID id = submit(List.of("town", "bulk"), List.of("Chur", "Basel", "Davos"));
    var towns = round();
    assertThat(towns).hasSize(3);
    worker.succeed(towns.get(0));
    worker.succeed(towns.get(1));
    assertThat(round()).isEmpty();
    worker.succeed(towns.get(2));
    var bulk = round();
    assertThat(bulk)
        .singleElement()
        .satisfies(
            lease -> {
              assertThat(lease.run().assets()).containsExactly(queue.key("bulk"));
              assertThat(lease.run().partitions()).containsExactly("Basel", "Chur", "Davos");
            });
    assertThat(view(id).counts()).containsEntry("live", 3).containsEntry("succeeded", 3);
    worker.succeed(bulk.getFirst());
    round();
    assertThat(view(id).state()).isEqualTo("succeeded");
    assertThat(view(id).counts()).containsEntry("succeeded", 6);
    assertThat(runsOf(id)).isEqualTo(4);
  }

  @Test
  @Tag("C47")
  void makesRunsOfSoManyPartitions() {
    UUID id = submit(List.of("pairs"), List.of("Basel", "Chur", "Davos"));
    assertThat(round())
        .extracting(lease -> lease.run().partitions())
        .containsExactly(List.of("Basel", "Chur"), List.of("Davos"));
    assertThat(view(id).total()).isEqualTo(3);
  }

  @Test
  @Tag("C47")
  void makesARunForEachRangeWhereAPartitionIsLeftOut() {
    submit(List.of("bulk"), List.of("Basel", "Davos"));
    assertThat(round())
        .extracting(lease -> lease.run().partitions())
        .containsExactly(List.of("Basel"), List.of("Davos"));
  }

  @Test
  @Tag("C47")
  void countsWhatAFailedRunHadCommitted() {
    UUID id = submit(List.of("bulk"), List.of("Basel", "Chur", "Davos"));
    Lease bulk = round().getFirst();
    worker.commit(bulk, queue.key("bulk"), "Basel");
    worker.fail(bulk, false);
    round();
    assertThat(view(id).state()).isEqualTo("failed");
    assertThat(view(id).counts()).containsEntry("succeeded", 1).containsEntry("failed", 2);
  }

  @Test
  @Tag("C47")
  void submitsNoRangeTwiceWhereTheExpanderDiedHalfWay() {
    UUID id = submit(List.of("bulk"), List.of("Basel", "Chur"));
    expander.expand();
    forgetThatRunsWereSubmitted(id);
    assertThat(round()).hasSize(1);
    assertThat(runsOf(id)).isEqualTo(1);
  }

  @Test
  @Tag("C50")
  void admitsTheLastDayThatIsCompleteAndNoFurther() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    submit(List.of("day"), List.of(today.minusDays(1).toString()));
    assertThat(round()).hasSize(1);
    assertThatThrownBy(() -> submit(List.of("day"), List.of(today.plusDays(1).toString())))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining(today.plusDays(1).toString());
  }

  /** Expands, and claims what is ready. */
  private List<Lease> round() {
    expander.expand();
    return worker.claim(10, Duration.ZERO);
  }

  private static Lease single(List<Lease> leases) {
    assertThat(leases).hasSize(1);
    return leases.getFirst();
  }

  /** As if the process had ended between the submit and the note of it. */
  /** At once: the server expands as well. */
  private void forgetThatRunsWereSubmitted(UUID id) {
    database.transaction(
        sql -> {
          sql.query("UPDATE stowage.backfill SET waiting = live, live = 0 WHERE id = $1", id);
          return sql.query(
              "UPDATE stowage.backfill_run SET state = 0, run_id = NULL WHERE backfill_id = $1",
              id);
        });
  }

  private BackfillView change(UUID id, String verb) {
    return queue
        .client()
        .call(
            "POST",
            "/v1/backfills/" + id + "/" + verb,
            null,
            BackfillView.class,
            QueueUnderTest.TIMEOUT);
  }

  private UUID submit(List<String> assets, @Nullable List<String> partitions) {
    var request =
        new BackfillRequest(
            assets.stream().map(queue::key).toList(), partitions, queue.name(), null, null);
    return queue
        .client()
        .call("POST", "/v1/backfills", request, BackfillView.class, QueueUnderTest.TIMEOUT)
        .id();
  }

  private BackfillView view(UUID id) {
    return queue
        .client()
        .call("GET", "/v1/backfills/" + id, null, BackfillView.class, QueueUnderTest.TIMEOUT);
  }

  private long runsOf(UUID backfill) {
    return database
        .first("SELECT count(*) AS n FROM stowage.run WHERE backfill_id = $1", backfill)
        .orElseThrow()
        .getLong("n");
  }

  private static Lease with(List<Lease> leases, String partition) {
    return leases.stream()
        .filter(lease -> lease.run().partitions().contains(partition))
        .findFirst()
        .orElseThrow();
  }
}

package io.stowage.control.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.StowageException;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.queue.Database;
import io.stowage.protocol.BackfillRequest;
import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Lease;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    // As if the process had ended between the submit and the note of it.
    database.query(
        "UPDATE stowage.backfill_item SET state = 0, run_id = NULL WHERE backfill_id = $1", id);
    assertThat(round()).hasSize(2);
    assertThat(runsOf(id)).isEqualTo(2);
    assertThat(view(id).counts()).containsEntry("live", 2);
  }

  @Test
  void cancelsWhatWaitsAndWhatRuns() {
    UUID id = submit(List.of("town", "weather"), List.of("Basel", "Chur"));
    expander.expand();
    Lease running = worker.claim();
    queue
        .client()
        .call(
            "POST",
            "/v1/backfills/" + id + "/cancel",
            null,
            BackfillView.class,
            QueueUnderTest.TIMEOUT);
    assertThat(view(id).state()).isEqualTo("canceled");
    assertThat(worker.heartbeat(running.leaseId()).leases())
        .containsEntry(running.leaseId(), "cancel");
    worker.confirmCancel(running);
    assertThat(round()).isEmpty();
    assertThat(runsOf(id)).isEqualTo(2);
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
    database.query(
        "UPDATE stowage.backfill_item SET state = 0, run_id = NULL WHERE backfill_id = $1", id);
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

  private UUID submit(List<String> assets, List<String> partitions) {
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

package io.stowage.control.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.ScriptedWorker;
import io.stowage.control.database.Database;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SweepOptions;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that do something else than compute assets. */
@QuarkusTest
@Tag("C51")
class RunKindIT {
  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
  }

  @Test
  void aWorkerOlderThanTheKindIsNotGivenTheRun() {
    UUID run = queue.submit(queue.asking(RunKind.SWEEP, Map.of(), List.of(), "town"));
    UUID asset = queue.submit();

    assertThat(queue.worker().claim(10, Duration.ZERO))
        .extracting(Lease::runId)
        .containsExactly(asset);
    assertThat(queue.stateOf(run)).isEqualTo("queued");
    Lease lease = queue.sweeper().claim();
    assertThat(lease.runId()).isEqualTo(run);
    assertThat(lease.run().kind()).isEqualTo("sweep");
    assertThat(SweepOptions.of(lease.run().options())).isEqualTo(SweepOptions.DEFAULTS);
  }

  @Test
  void anotherWorkerGoesOnWithASweepWhoseWorkerIsLost() {
    UUID run = queue.submit(queue.asking(RunKind.SWEEP, Map.of(), List.of(), "town"));
    ScriptedWorker first = queue.sweeper();
    first.release(first.claim(), "stopped");
    Lease again = queue.sweeper().claim();
    assertThat(again.runId()).isEqualTo(run);
    assertThat(again.epoch()).isEqualTo(2);
  }

  @Test
  void aRetryIsOfTheSameKindWithTheSameOptions() {
    UUID run =
        queue.submit(queue.asking(RunKind.WIPE, Map.of("dry-run", true), List.of("Basel"), "town"));
    ScriptedWorker worker = queue.sweeper();
    worker.fail(worker.claim(), false);
    UUID again =
        queue
            .client()
            .call(
                "POST",
                "/v1/runs/" + run + "/retry",
                null,
                SubmitAnswer.class,
                QueueUnderTest.TIMEOUT)
            .id();

    RunSpec spec = queue.run(again).spec();
    assertThat(spec.kind()).isEqualTo("wipe");
    assertThat(spec.partitions()).containsExactly("Basel");
    assertThat(spec.options()).isEqualTo(queue.run(run).spec().options());
    assertThat(SweepOptions.of(spec.options()).dryRun()).isTrue();
  }

  @Test
  void whatADefinitionNoLongerHasCanBeWiped() {
    UUID run = queue.submit(queue.asking(RunKind.WIPE, Map.of(), List.of("Atlantis"), "town"));
    assertThat(queue.run(run).spec().partitions()).containsExactly("Atlantis");
  }

  @Test
  void anAssetsRunSaysSo() {
    assertThat(queue.run(queue.submit()).spec().kind()).isEqualTo("asset");
  }
}

package io.stowage.control.queue;

import static io.stowage.control.queue.RunLifecycleIT.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.api.ErrorCode;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import io.stowage.protocol.DeadRun;
import io.stowage.protocol.Json;
import io.stowage.protocol.Page;
import io.stowage.protocol.QueueSettings;
import io.stowage.protocol.QueueStats;
import io.stowage.protocol.RedriveRequest;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitRequest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator does to queues and to what died in them. */
@QuarkusTest
class OperateIT {
  @TestHTTPResource URI base;
  @Inject Database database;

  private QueueUnderTest queue;

  @BeforeEach
  void takeAQueue() {
    queue = QueueUnderTest.at(base, database);
  }

  @Test
  void aDeadRunIsListedAndDrivenAgainOnce() {
    UUID dead = die();
    assertThat(dead())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.id()).isEqualTo(dead);
              assertThat(run.reason()).isEqualTo("asset_failed");
              assertThat(run.message()).isEqualTo("no such luck");
            });

    var answer = redrive(new RedriveRequest(null, queue.name(), null, null));
    assertThat(answer.redriven()).singleElement().extracting("dead").isEqualTo(dead);
    RunView again = queue.run(answer.redriven().getFirst().run());
    assertThat(again.state()).isEqualTo("queued");
    assertThat(again.spec().retryOf()).isEqualTo(dead);
    assertThat(again.spec().options()).containsEntry(RunSpec.FROM_FAILURE, "true");
    assertThat(dead()).isEmpty();
    assertThat(redrive(new RedriveRequest(List.of(dead), null, null, null)).redriven()).isEmpty();
  }

  @Test
  void onlyTheReasonAskedForIsDrivenAgain() {
    die();
    assertThat(redrive(new RedriveRequest(null, queue.name(), "crash_loop", null)).redriven())
        .isEmpty();
    assertThat(dead()).hasSize(1);
  }

  @Test
  void aQueueThatIsDrainedTakesNoRunsButHandsOutWhatIsThere() {
    queue.submit();
    assertThat(post("drain").draining()).isTrue();
    refused(ErrorCode.QUEUE_DRAINING, queue::submit);
    var worker = queue.worker();
    assertThat(worker.succeed(worker.claim())).isEqualTo("recorded");
    assertThat(post("resume").draining()).isFalse();
    queue.submit();
  }

  @Test
  void aQueueIsFullAtItsDepth() {
    assertThat(put(new QueueSettings(1, null, null)).queue()).isEqualTo(queue.name());
    queue.submit();
    refused(ErrorCode.QUEUE_FULL, queue::submit);
    put(new QueueSettings(null, null, null));
    queue.submit();
  }

  @Test
  void sessionsOfAQueueAreLostAsSoonAsItSays() {
    put(new QueueSettings(null, Duration.ofSeconds(77), null));
    var opened =
        queue
            .client()
            .call(
                "POST",
                "/v1/sessions",
                queue.request(queue.catalog()),
                io.stowage.protocol.SessionAnswer.class,
                QueueUnderTest.TIMEOUT);
    assertThat(opened.ttl()).isEqualTo(Duration.ofSeconds(77));
  }

  @Test
  void listsByState() {
    UUID dead = die();
    UUID live = queue.submit();
    assertThat(list("&state=dead")).containsExactly(dead);
    assertThat(list("&state=live")).containsExactly(live);
    assertThat(list("&state=queued")).containsExactly(live);
    assertThat(list("&state=succeeded")).isEmpty();
    assertThat(list("")).containsExactly(live, dead);
  }

  private UUID die() {
    SubmitRequest plain = queue.asking("raw", null);
    UUID run =
        queue.submit(
            SubmitRequest.of(plain.assets())
                .queue(queue.name())
                .retry(SubmitRequest.Retry.atMost(1))
                .build());
    var worker = queue.worker();
    worker.fail(worker.claim(), true);
    assertThat(queue.stateOf(run)).isEqualTo("dead");
    return run;
  }

  private List<DeadRun> dead() {
    Page<DeadRun> page =
        queue
            .client()
            .call(
                "GET",
                "/v1/dead?queue=" + queue.name(),
                null,
                Json.reader().getTypeFactory().constructParametricType(Page.class, DeadRun.class),
                QueueUnderTest.TIMEOUT);
    return page.items();
  }

  private List<UUID> list(String filter) {
    Page<RunView> page =
        queue
            .client()
            .call(
                "GET",
                "/v1/runs?queue=" + queue.name() + filter,
                null,
                Json.reader().getTypeFactory().constructParametricType(Page.class, RunView.class),
                QueueUnderTest.TIMEOUT);
    return page.items().stream().map(RunView::id).toList();
  }

  private RedriveRequest.Answer redrive(RedriveRequest request) {
    return queue
        .client()
        .call(
            "POST",
            "/v1/dead/redrive",
            request,
            RedriveRequest.Answer.class,
            QueueUnderTest.TIMEOUT);
  }

  private QueueStats post(String action) {
    return queue
        .client()
        .call(
            "POST",
            "/v1/queues/" + queue.name() + "/" + action,
            null,
            QueueStats.class,
            QueueUnderTest.TIMEOUT);
  }

  private QueueStats put(QueueSettings settings) {
    return queue
        .client()
        .call(
            "PUT",
            "/v1/queues/" + queue.name(),
            settings,
            QueueStats.class,
            QueueUnderTest.TIMEOUT);
  }
}

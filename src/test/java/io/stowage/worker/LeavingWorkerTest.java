package io.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Engine;
import io.stowage.engine.EngineMetrics;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Managers;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.fixture.ScriptedSession;
import io.stowage.plan.CustomMappings;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.HeartbeatAnswer;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.WorkerResources;
import io.stowage.worker.pull.Polls;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A worker that the control plane has leave. */
class LeavingWorkerTest {
  private final CountDownLatch computing = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final ScriptedSession session = new ScriptedSession();

  private ClaimAnswer oneRun(ClaimRequest request) {
    if (!claimed.compareAndSet(false, true)) {
      try {
        new CountDownLatch(1).await(); // as a claim that waits: until it is interrupted
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new ClaimAnswer(List.of());
    }
    var spec = new RunSpec("assets", List.of("a"), List.of(), Map.of(), Map.of(), null, null, null);
    return new ClaimAnswer(
        List.of(
            new Lease(
                UUID.randomUUID(), UUID.randomUUID(), 1, 1, 1, spec, List.of(), List.of(), null)));
  }

  private Worker worker() {
    var assets = new Declarations();
    assets
        .asset("a")
        .computed(
            _ -> {
              computing.countDown();
              mayEnd.await();
              return 1L;
            });
    var execution =
        new Execution(
            assets.graph(),
            assets,
            new Engine(1, EngineMetrics.NONE, Clock.systemUTC(), _ -> {}),
            _ -> new Managers().put("default", new RecordingIoManager()),
            Clock.systemUTC(),
            CustomMappings.OPAQUE);
    var control =
        new ControlPlane() {
          @Override
          public SessionAnswer open(SessionRequest request) {
            return new SessionAnswer(
                1, "s", Duration.ofSeconds(30), Duration.ofMillis(5), Duration.ofSeconds(20));
          }

          @Override
          public Session session(SessionAnswer opened) {
            return session;
          }
        };
    return new Worker(
        new WorkerSettings(
            "w", "1", List.of("default"), 2, Duration.ofSeconds(25), Duration.ofSeconds(30)),
        control,
        execution,
        new Worker.Catalog("hash", new CatalogDocument(List.of(), Map.of())),
        new Polls(),
        () -> new WorkerResources(List.of(), List.of()));
  }

  @Test
  void bringsWhatItHoldsToItsEndAndClaimsNothingMore() throws Exception {
    session
        .onClaim(this::oneRun)
        .onHeartbeat(
            beat -> {
              if (beat.state().equals("terminating")) {
                told.countDown();
              }
              return new HeartbeatAnswer(
                  beat.leases().stream().collect(Collectors.toMap(each -> each, _ -> "ok")),
                  computing.getCount() == 0 ? List.of(HeartbeatAnswer.DRAIN) : List.of());
            });
    try (Worker worker = worker()) {
      Thread running = Thread.ofVirtual().start(worker::run);
      assertThat(told.await(30, TimeUnit.SECONDS)).as("it says that it leaves").isTrue();
      assertThat(worker.retired()).isTrue();
      assertThat(running.isAlive()).as("a run is under way").isTrue();
      assertThat(session.completions()).isEmpty();
      mayEnd.countDown();
      assertThat(running.join(Duration.ofSeconds(30))).isTrue();
      assertThat(session.completions())
          .singleElement()
          .satisfies(end -> assertThat(end.outcome()).isEqualTo("succeeded"));
      assertThat(session.releases()).isEmpty();
    }
  }
}

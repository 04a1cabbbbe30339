package io.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.engine.Engine;
import io.stowage.engine.EngineMetrics;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Managers;
import io.stowage.fixture.ManualClock;
import io.stowage.fixture.ScriptedSession;
import io.stowage.fixture.StoreSettings;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.plan.CustomMappings;
import io.stowage.protocol.Completion;
import io.stowage.protocol.Lease;
import io.stowage.protocol.ReleaseRequest;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.SweepOptions;
import io.stowage.store.memory.MemoryObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lease on a run that computes nothing, from its claim to its end. */
@Tag("C51")
class SweepAttemptTest {
  private final Declarations assets = new Declarations();
  private final ScriptedSession session = new ScriptedSession();

  private static LeaseHold leased(String kind, String... keys) {
    var spec =
        new RunSpec(
            kind,
            List.of(keys),
            List.of(),
            Map.of(),
            Map.of(),
            null,
            null,
            null,
            kind,
            SweepOptions.DEFAULTS.toData());
    return new LeaseHold(
        new Lease(UUID.randomUUID(), UUID.randomUUID(), 1, 1, 1, spec, List.of(), List.of(), null));
  }

  private RunAttempt.End run(LeaseHold hold) {
    assets.asset("a/days").storedBy("lake");
    var clock = new ManualClock(Instant.EPOCH);
    var managers =
        new Managers()
            .put(
                "lake",
                new CsvIoManager(
                    new MemoryObjectStore("test"), StoreSettings.of(CsvSettings.class, Map.of())));
    var execution =
        new Execution(
            assets.graph(),
            assets,
            new Engine(1, EngineMetrics.NONE, clock, _ -> {}),
            _ -> managers,
            clock,
            CustomMappings.OPAQUE);
    return new RunAttempt(execution, session, hold, () -> 0).run();
  }

  private Completion completion() {
    assertThat(session.completions()).hasSize(1);
    return session.completions().getFirst();
  }

  @Test
  void refusesAKindThatItDoesNotKnow() {
    assertThat(run(leased("tidy", "a/days"))).isEqualTo(RunAttempt.End.RECORDED);
    assertThat(completion().outcome()).isEqualTo("failed");
    assertThat(completion().retry()).as("a newer worker may know it").isTrue();
    assertThat(completion().error())
        .containsEntry("code", "upgrade_required")
        .extractingByKey("message")
        .asString()
        .contains("'tidy'", "asset", "sweep");
  }

  @Test
  void endsWithWhatItDid() {
    assertThat(run(leased("sweep", "a/days"))).isEqualTo(RunAttempt.End.RECORDED);
    assertThat(completion().outcome()).isEqualTo("succeeded");
    assertThat(completion().result())
        .containsEntry("removed", 0L)
        .containsEntry("dry_run", false)
        .containsKeys("assets", "orphans", "skipped", "bytes");
    assertThat(session.asked()).allMatch(each -> !each.everything());
  }

  @Test
  void aWipeAsksForAll() {
    run(leased("wipe", "a/days"));
    assertThat(session.asked()).isNotEmpty().allMatch(each -> each.everything());
  }

  @Test
  void stopsWhereItIsCanceled() {
    LeaseHold hold = leased("sweep", "a/days");
    session.onRemovals(hold::cancel);
    run(hold);
    assertThat(completion().outcome()).isEqualTo("canceled");
  }

  @Test
  void isGivenBackWhereTheWorkerDrains() {
    LeaseHold hold = leased("sweep", "a/days");
    session.onRemovals(hold::release);
    assertThat(run(hold)).isEqualTo(RunAttempt.End.RELEASED);
    assertThat(session.completions()).isEmpty();
    assertThat(session.releases()).hasSize(1);
  }

  @Test
  void saysNothingUnderALeaseThatIsLost() {
    session.losing();
    assertThat(run(leased("sweep", "a/days"))).isEqualTo(RunAttempt.End.LOST);
    assertThat(session.completions()).isEmpty();
    assertThat(session.releases()).isEmpty();
  }

  @Test
  void givesARunBackWhoseAssetItLacks() {
    assertThat(run(leased("wipe", "a/days", "b/other"))).isEqualTo(RunAttempt.End.RELEASED);
    assertThat(session.releases()).containsExactly(ReleaseRequest.UNKNOWN_ASSET);
    assertThat(session.asked()).isEmpty();
  }

  @Test
  void isTriedAgainWhereTheFaultMayPass() {
    session.onRemovals(
        () -> {
          throw new StowageException(ErrorCode.INTERNAL_ERROR, "the ledger has a fault");
        });
    run(leased("sweep", "a/days"));
    assertThat(completion().outcome()).isEqualTo("failed");
    assertThat(completion().retry()).isTrue();
    assertThat(completion().result()).containsKey("assets");
    assertThat(completion().error())
        .extractingByKey("message")
        .asString()
        .contains("asset 'a/days'", "the ledger has a fault");
  }
}

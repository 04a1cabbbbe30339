package io.stowage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Engine;
import io.stowage.engine.EngineMetrics;
import io.stowage.fixture.Contexts;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Managers;
import io.stowage.fixture.ManualClock;
import io.stowage.fixture.ScriptedSession;
import io.stowage.fixture.StoreSettings;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.plan.CustomMappings;
import io.stowage.protocol.Completion;
import io.stowage.protocol.Lease;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Preview;
import io.stowage.protocol.PreviewOptions;
import io.stowage.protocol.ReleaseRequest;
import io.stowage.protocol.RunSpec;
import io.stowage.store.memory.MemoryObjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A lease on a run that shows what is stored. */
class PreviewAttemptTest {
  record Day(String city, double rain) {}

  private final Declarations assets = new Declarations();
  private final ScriptedSession session = new ScriptedSession();
  private final AvroIoManager lake =
      new AvroIoManager(
          new MemoryObjectStore("test"), StoreSettings.of(AvroSettings.class, Map.of()));

  private static LeaseHold leased(int rows, String key) {
    var spec =
        new RunSpec(
            "preview",
            List.of(key),
            List.of(),
            Map.of(),
            Map.of(),
            null,
            null,
            null,
            "preview",
            new PreviewOptions(rows).toData());
    return new LeaseHold(
        new Lease(UUID.randomUUID(), UUID.randomUUID(), 1, 1, 1, spec, List.of(), List.of(), null));
  }

  private void stored(List<Day> days) throws Exception {
    var output = Contexts.output("a/days", Contexts.generic(List.class, Day.class));
    lake.handleOutput(output, days);
    var object = output.object();
    session.holding(
        new MaterializationView(
            UUID.randomUUID(),
            "a/days",
            "",
            UUID.randomUUID(),
            "a/days",
            "result",
            object.location().toString(),
            object.etag(),
            object.checksum(),
            object.bytes(),
            object.rows(),
            object.schemaFingerprint(),
            Map.of(),
            List.of(),
            Instant.EPOCH,
            true,
            null));
  }

  private RunAttempt.End run(LeaseHold hold) {
    assets.asset("a/days").returning(List.class, Day.class).storedBy("lake");
    var clock = new ManualClock(Instant.EPOCH);
    var execution =
        new Execution(
            assets.graph(),
            assets,
            new Engine(1, EngineMetrics.NONE, clock, _ -> {}),
            _ -> new Managers().put("lake", lake),
            clock,
            CustomMappings.OPAQUE);
    return new RunAttempt(execution, session, hold, () -> 0).run();
  }

  private Completion completion() {
    assertThat(session.completions()).hasSize(1);
    return session.completions().getFirst();
  }

  private Preview preview() {
    assertThat(session.previews()).hasSize(1);
    return session.previews().getFirst();
  }

  @Test
  void showsTheFirstRowsThroughTheManager() throws Exception {
    stored(List.of(new Day("Basel", 1.5), new Day("Chur", 0), new Day("Genf", 2)));
    assertThat(run(leased(2, "a/days"))).isEqualTo(RunAttempt.End.RECORDED);
    assertThat(completion().outcome()).isEqualTo("succeeded");
    assertThat(completion().result()).isEqualTo(Map.of("rows", 2, "columns", 2));
    assertThat(preview().columns())
        .containsExactly(new Preview.Column("city", false), new Preview.Column("rain", true));
    assertThat(preview().rows()).containsExactly(List.of("Basel", "1.5"), List.of("Chur", "0.0"));
    assertThat(preview().more()).isTrue();
    assertThat(preview().shortened()).isFalse();
  }

  @Test
  void longTextsAndMuchTextAreCut() throws Exception {
    stored(IntStream.range(0, 100).mapToObj(i -> new Day("x".repeat(5_000), i)).toList());
    run(leased(100, "a/days"));
    assertThat(preview().rows()).hasSize(100);
    assertThat(preview().rows().getFirst().getFirst()).hasSize(Preview.LONGEST_CELL).endsWith("…");
    assertThat(preview().more()).isFalse();
    assertThat(preview().shortened()).isTrue();
  }

  @Test
  void whatWasNeverStoredIsSaid() {
    run(leased(10, "a/days"));
    assertThat(session.previews()).isEmpty();
    assertThat(completion().outcome()).isEqualTo("failed");
    assertThat(completion().retry()).isFalse();
    assertThat(completion().error()).containsEntry("code", "not_materialized");
  }

  @Test
  void anAssetThatTheWorkerLacksIsGivenBack() {
    assertThat(run(leased(10, "b/other"))).isEqualTo(RunAttempt.End.RELEASED);
    assertThat(session.releases()).containsExactly(ReleaseRequest.UNKNOWN_ASSET);
  }

  @Test
  void nothingIsShownOfWhatIsCanceled() throws Exception {
    stored(List.of(new Day("Basel", 1)));
    LeaseHold hold = leased(10, "a/days");
    hold.cancel();
    run(hold);
    assertThat(session.previews()).isEmpty();
    assertThat(completion().outcome()).isEqualTo("canceled");
  }
}

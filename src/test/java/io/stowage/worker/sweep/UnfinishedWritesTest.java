package io.stowage.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.fixture.Declarations;
import io.stowage.fixture.Managers;
import io.stowage.fixture.ManualClock;
import io.stowage.fixture.MemorySweepLedger;
import io.stowage.fixture.StoreSettings;
import io.stowage.fixture.UnfinishedStore;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.protocol.SweepOptions;
import io.stowage.store.ObjectKey;
import io.stowage.store.PendingUpload;
import io.stowage.store.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uploads whose writers died. */
@Tag("C51")
class UnfinishedWritesTest {
  private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(3));
  private static final SweepOptions DRY =
      new SweepOptions(3, Duration.ZERO, true, Duration.ZERO, Duration.ofDays(1));

  private final Declarations assets = new Declarations();
  private final UnfinishedStore store = new UnfinishedStore();
  private final MemorySweepLedger ledger = new MemorySweepLedger();
  private final ObjectKey ours = ObjectKey.of("a/days/@p/" + UUID.randomUUID() + ".csv");

  @BeforeEach
  void begin() {
    assets.asset("a/days").storedBy("lake");
    store.begun(ours, LONG_AGO);
  }

  private SweepReport.Counts sweep(SweepOptions options) {
    var manager = new CsvIoManager(store, StoreSettings.of(CsvSettings.class, Map.of()));
    var managers = new Managers().put("lake", manager);
    return new Sweep(assets.graph(), managers, ledger, () -> false, new ManualClock(NOW))
        .run(new Sweep.Request(List.of(), List.of(), options, false))
        .orphans()
        .get("lake");
  }

  private List<ObjectKey> left() {
    return store.uploads("").stream().map(PendingUpload::key).toList();
  }

  @Test
  void givesUpWhatIsOldAndOursByName() {
    ObjectKey young = ObjectKey.of("a/days/" + UUID.randomUUID() + ".csv");
    ObjectKey theirs = ObjectKey.of("a/days/backup.csv");
    store.begun(young, NOW.minusSeconds(60));
    store.begun(theirs, LONG_AGO);

    assertThat(sweep(DRY).uploads()).isEqualTo(1);
    assertThat(left()).hasSize(3);
    assertThat(ledger.events("would_abort_uploads")).hasSize(1);

    assertThat(sweep(SweepOptions.DEFAULTS).uploads()).isEqualTo(1);
    assertThat(left()).containsExactly(young, theirs);
    assertThat(ledger.events("uploads_aborted")).hasSize(1);
  }

  @Test
  void leavesWhatAnAttemptUnderWayMayHaveBegun() {
    ledger.underWaySince(LONG_AGO.minusSeconds(1));
    assertThat(sweep(SweepOptions.DEFAULTS).uploads()).isZero();
    assertThat(left()).containsExactly(ours);

    ledger.underWaySince(NOW.minusSeconds(1));
    assertThat(sweep(SweepOptions.DEFAULTS).uploads()).isEqualTo(1);
  }

  @Test
  void leavesAllWhereSomebodyElseWritesAsWell() {
    var theirs = WriteOptions.once().with("stowage-run", UUID.randomUUID().toString());
    try (var writer = store.create(ObjectKey.of("a/days/" + UUID.randomUUID() + ".csv"), theirs)) {
      writer.commit();
    }
    var atOnce = new SweepOptions(3, Duration.ZERO, false, Duration.ZERO, Duration.ofDays(1));
    var later = new ManualClock(Instant.now().plus(Duration.ofDays(2)));
    var manager = new CsvIoManager(store, StoreSettings.of(CsvSettings.class, Map.of()));
    var report =
        new Sweep(assets.graph(), new Managers().put("lake", manager), ledger, () -> false, later)
            .run(new Sweep.Request(List.of(), List.of(), atOnce, false));

    assertThat(report.orphans().get("lake").foreign()).isEqualTo(1);
    assertThat(left()).containsExactly(ours);
  }
}

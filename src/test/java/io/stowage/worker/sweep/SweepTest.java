package io.stowage.worker.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.Materialization;
import io.stowage.api.StoredWrite;
import io.stowage.api.StowageException;
import io.stowage.fixture.Contexts;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Managers;
import io.stowage.fixture.ManualClock;
import io.stowage.fixture.MemorySweepLedger;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.StoreSettings;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.io.memory.MemoryIoManager;
import io.stowage.protocol.SweepOptions;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.store.WriteOptions;
import io.stowage.store.memory.MemoryObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sweep of a store and a ledger in memory. */
@Tag("C51")
class SweepTest {
  private static final SweepOptions KEEP_THREE = SweepOptions.DEFAULTS;
  private static final SweepOptions DRY =
      new SweepOptions(3, Duration.ZERO, true, Duration.ZERO, Duration.ZERO);
  private static final SweepOptions KEEP_TWO =
      new SweepOptions(2, null, false, Duration.ZERO, Duration.ZERO);
  private static final SweepOptions AT_ONCE =
      new SweepOptions(3, Duration.ZERO, false, Duration.ZERO, Duration.ZERO);

  /** One row of a file. */
  public record Row(String text) {}

  private final Declarations assets = new Declarations();
  private final ObjectStore store = new MemoryObjectStore("test");
  private final Managers managers = new Managers();
  private final MemorySweepLedger ledger = new MemorySweepLedger();
  private final ManualClock clock = new ManualClock(Instant.now().plusSeconds(60));
  private final CsvIoManager csv = csv(store);
  private final AtomicInteger polls = new AtomicInteger();
  private int cancelAfter = Integer.MAX_VALUE;

  private static CsvIoManager csv(ObjectStore store) {
    return csv(store, Map.of());
  }

  private static CsvIoManager csv(ObjectStore store, Map<String, String> settings) {
    return new CsvIoManager(store, StoreSettings.of(CsvSettings.class, settings));
  }

  @BeforeEach
  void declare() {
    managers.put("lake", csv);
    assets.asset("a/days").returning(List.class, Row.class).storedBy("lake");
    assets.asset("a/none");
  }

  private Materialization stored(String asset, String partition) {
    RecordedOutput context =
        partition.isEmpty()
            ? Contexts.output(asset, Contexts.generic(List.class, Row.class))
            : Contexts.output(asset, Contexts.generic(List.class, Row.class), partition);
    try {
      csv.handleOutput(context, List.of(new Row("x")));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return context.materialization();
  }

  private Materialization committed(String asset, String partition) {
    Materialization made = stored(asset, partition);
    ledger.put(made);
    return made;
  }

  private SweepReport run(SweepOptions options, boolean wipe, String... keys) {
    return new Sweep(
            assets.graph(), managers, ledger, () -> polls.incrementAndGet() > cancelAfter, clock)
        .run(
            new Sweep.Request(
                Stream.of(keys).map(AssetKey::of).toList(), List.of(), options, wipe));
  }

  private SweepReport sweep(SweepOptions options) {
    return run(options, false, "a/days");
  }

  private boolean isThere(Materialization made) {
    return store.info(key(made)).isPresent();
  }

  private ObjectKey key(Materialization made) {
    return store.keyOf(Optional.ofNullable(made.object()).orElseThrow().location());
  }

  private List<String> keys() {
    try (Stream<ObjectInfo> all = store.list("")) {
      return all.map(info -> info.key().path()).toList();
    }
  }

  @Test
  void keepsTheLastThreeOfEachPartition() {
    var old = List.of(committed("a/days", "p"), committed("a/days", "p"), committed("a/days", "p"));
    var kept =
        List.of(committed("a/days", "p"), committed("a/days", "p"), committed("a/days", "p"));
    var other = committed("a/days", "q");

    SweepReport report = sweep(KEEP_THREE);

    assertThat(old).noneMatch(this::isThere);
    assertThat(kept).allMatch(this::isThere);
    assertThat(isThere(other)).isTrue();
    assertThat(ledger.marked()).hasSize(3).isEqualTo(ledger.deleted());
    assertThat(report.assets().get("a/days"))
        .isEqualTo(new SweepReport.Counts(4, 3, 3 * bytes(other), 0, 0, 0));
    assertThat(report.toData()).containsEntry("removed", 3L).containsEntry("dry_run", false);
    assertThat(ledger.events("removed"))
        .flatExtracting(event -> (List<?>) event.data().get("objects"))
        .hasSize(3);
    assertThat(ledger.events("asset_swept"))
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("3 removed", "4 kept"));
  }

  private static long bytes(Materialization made) {
    return Optional.ofNullable(made.object()).orElseThrow().bytes();
  }

  @Test
  void aDryRunTouchesNothingAndSaysExactlyWhatWouldGo() throws IOException {
    for (int i = 0; i < 5; i++) {
      committed("a/days", "p");
    }
    orphan(UUID.randomUUID().toString(), false);
    var before = keys();

    SweepReport report = sweep(DRY);

    assertThat(keys()).isEqualTo(before);
    assertThat(ledger.marked()).isEmpty();
    assertThat(report.assets().get("a/days").removed()).isEqualTo(2);
    assertThat(report.orphans().get("lake").removed()).isEqualTo(1);
    assertThat(report.toData()).containsEntry("dry_run", true).containsEntry("removed", 3L);
    assertThat(told("would_remove")).hasSize(2);
    assertThat(told("would_remove_orphans")).hasSize(1);
    var named = Stream.concat(told("would_remove"), told("would_remove_orphans")).toList();

    sweep(AT_ONCE);
    assertThat(before.stream().filter(key -> !keys().contains(key)))
        .hasSize(3)
        .allMatch(key -> named.stream().anyMatch(location -> location.endsWith(key)));
  }

  private Stream<String> told(String type) {
    return ledger.events(type).stream()
        .flatMap(event -> ((List<?>) event.data().get("objects")).stream())
        .map(each -> String.valueOf(((Map<?, ?>) each).get("location")));
  }

  private ObjectKey orphan(@Nullable String run, boolean underWay) throws IOException {
    ObjectKey key = ObjectKey.of("a/days/@p/" + UUID.randomUUID() + ".csv");
    var options = WriteOptions.once();
    if (run != null) {
      ledger.run(run, underWay);
      options =
          options.with("stowage-run", run).with("stowage-lease", UUID.randomUUID().toString());
    }
    try (var writer = store.create(key, options)) {
      writer.stream().write("half".getBytes(UTF_8));
      writer.commit();
    }
    return key;
  }

  @Test
  void removesWhatALostAttemptLeftOnlyAfterTheGrace() throws IOException {
    ObjectKey orphan = orphan(UUID.randomUUID().toString(), false);
    Materialization current = committed("a/days", "p");

    assertThat(sweep(KEEP_THREE).orphans().get("lake").removed()).isZero();
    assertThat(store.info(orphan)).isPresent();

    clock.advance(Duration.ofHours(25));
    assertThat(sweep(KEEP_THREE).orphans().get("lake"))
        .isEqualTo(new SweepReport.Counts(0, 1, 4, 0, 0, 0));
    assertThat(store.info(orphan)).isEmpty();
    assertThat(isThere(current)).isTrue();
  }

  @Test
  void leavesWhatARunUnderWayHasWritten() throws IOException {
    String run = UUID.randomUUID().toString();
    ObjectKey written = orphan(run, true);

    assertThat(sweep(AT_ONCE).orphans().get("lake"))
        .isEqualTo(new SweepReport.Counts(1, 0, 0, 0, 0, 0));
    assertThat(store.info(written)).isPresent();

    ledger.end(run);
    sweep(AT_ONCE);
    assertThat(store.info(written)).isEmpty();
  }

  @Test
  void leavesWhatNobodyIsKnownToHaveWritten() throws IOException {
    ObjectKey unlabeled = orphan(null, false);
    ObjectKey theirs = ObjectKey.of("a/days/" + UUID.randomUUID() + ".csv");
    var options = WriteOptions.once().with("stowage-run", UUID.randomUUID().toString());
    try (var writer = store.create(theirs, options)) {
      writer.commit();
    }
    try (var writer = store.create(ObjectKey.of("a/days/notes.csv"), WriteOptions.once())) {
      writer.commit();
    }

    assertThat(sweep(AT_ONCE).orphans().get("lake"))
        .isEqualTo(new SweepReport.Counts(0, 0, 0, 0, 2, 0));
    assertThat(store.info(unlabeled)).isPresent();
    assertThat(keys()).hasSize(3);
  }

  @Test
  void withoutASelectionFindsOrphansOfAssetsThatAreNoLongerThere() throws IOException {
    String run = UUID.randomUUID().toString();
    ledger.run(run, false);
    ObjectKey gone = ObjectKey.of("old/asset/" + UUID.randomUUID() + ".csv");
    try (var writer = store.create(gone, WriteOptions.once().with("stowage-run", run))) {
      writer.commit();
    }

    sweep(AT_ONCE);
    assertThat(store.info(gone)).isPresent();
    run(AT_ONCE, false);
    assertThat(store.info(gone)).isEmpty();
  }

  @Test
  void finishesWhatAnEarlierSweepHadMarked() {
    Materialization marked = committed("a/days", "p");
    for (int i = 0; i < 3; i++) {
      committed("a/days", "p");
    }
    ledger.mark(
        new SweepLedger.Query(AssetKey.of("a/days"), List.of(), KEEP_THREE, false),
        List.of(marked.id()));

    SweepReport report = sweep(KEEP_THREE);

    assertThat(isThere(marked)).isFalse();
    assertThat(ledger.deleted()).containsExactly(marked.id());
    assertThat(report.assets().get("a/days").removed()).as("told before").isZero();
    assertThat(ledger.events("leftover_deleted")).hasSize(1);
  }

  @Test
  void aSweepThatIsCanceledLeavesNoPromiseThatIsNotKept() {
    for (int i = 0; i < 6; i++) {
      committed("a/days", "p" + i % 2);
      committed("a/days", "p" + i % 2);
      committed("a/days", "p" + i % 2);
    }
    int runs = 0;
    for (cancelAfter = 0; runs < 200; cancelAfter++, runs++) {
      polls.set(0);
      try {
        sweep(KEEP_THREE);
        break;
      } catch (StowageException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.CANCELED);
      }
      assertThat(ledger.marked()).containsAll(ledger.deleted());
    }
    assertThat(runs).isBetween(2, 199);
    assertThat(ledger.deleted()).hasSize(12).isEqualTo(ledger.marked());
    assertThat(keys()).hasSize(6);
  }

  @Test
  void stopsWhereTheLeaseIsLost() {
    committed("a/days", "p");
    ledger.lose();
    assertThatThrownBy(() -> sweep(KEEP_THREE))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_LOST));
  }

  @Test
  void passesOverAManagerThatCannotRemove() {
    SweepReport report = run(KEEP_THREE, false);

    assertThat(report.failures()).isEmpty();
    assertThat(report.skipped().get("a/none")).contains("'default'", "cannot remove");
    assertThat(ledger.events("asset_skipped")).hasSize(1);
  }

  @Test
  void leavesWhatLiesWhereTheManagerWritesNoMore() {
    var elsewhere = new MemoryObjectStore("elsewhere");
    for (int i = 0; i < 4; i++) {
      committed("a/days", "p");
    }
    managers.put("lake", csv(elsewhere));

    SweepReport report = sweep(KEEP_THREE);

    assertThat(ledger.marked()).isEmpty();
    assertThat(keys()).hasSize(4);
    assertThat(report.skipped().get("a/days")).contains("1 materializations are left");
  }

  @Test
  void anAssetThatFailsDoesNotKeepTheOthers() {
    assets.asset("b/broken").returning(List.class, Row.class).storedBy("unknown");
    for (int i = 0; i < 4; i++) {
      committed("a/days", "p");
    }

    SweepReport report = run(KEEP_THREE, false, "b/broken", "a/days");

    assertThat(report.failures())
        .allSatisfy(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_MANAGER))
        .anySatisfy(e -> assertThat(e).hasMessageContaining("'b/broken'"));
    assertThat(report.assets().get("a/days").removed()).isEqualTo(1);
  }

  @Test
  void keepsWhatTheSettingsOfTheManagerSay() {
    managers.put("lake", csv(store, Map.of("retention.keep", "1", "retention.age", "PT0S")));
    var old = List.of(committed("a/days", "p"), committed("a/days", "p"));
    Materialization current = committed("a/days", "p");

    assertThat(sweep(KEEP_TWO).assets().get("a/days").removed()).as("its options").isEqualTo(1);
    assertThat(sweep(SweepOptions.DEFAULTS).assets().get("a/days").removed()).isEqualTo(1);
    assertThat(old).noneMatch(this::isThere);
    assertThat(isThere(current)).isTrue();
    assertThat(ledger.events("asset_swept"))
        .extracting(event -> event.data().get("keep"), event -> event.data().get("older_than"))
        .containsExactly(tuple(2, "PT0S"), tuple(1, "PT0S"));
  }

  @Test
  void refusesARetentionThatCannotBe() {
    assertThatThrownBy(() -> csv(store, Map.of("retention.keep", "0")))
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContainingAll("retention.keep is 0", "always stays");
    assertThatThrownBy(() -> csv(store, Map.of("retention.age", "PT-1S")))
        .hasMessageContaining("retention.age is PT-1S");
  }

  @Test
  void aManagerThatKeepsTheLastValueAloneIsPassedOver() {
    managers.put("lake", new MemoryIoManager("lake", 10));
    committed("a/days", "p");
    committed("a/days", "p");

    SweepReport report = sweep(AT_ONCE);

    assertThat(report.failures()).isEmpty();
    assertThat(report.skipped().get("a/days"))
        .contains("'lake' does not keep what was replaced", "nothing for a retention to do");
    assertThat(ledger.marked()).isEmpty();
  }

  @Test
  void refusesAnAssetThatIsNotThere() {
    assertThatThrownBy(() -> run(KEEP_THREE, false, "a/days", "a/nothing"))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ASSET));
  }

  @Test
  void aWipeRemovesAllButLooksForNoOrphans() throws IOException {
    ObjectKey orphan = orphan(UUID.randomUUID().toString(), false);
    committed("a/days", "p");
    committed("a/days", "q");

    SweepReport report = run(AT_ONCE, true, "a/days");

    assertThat(keys()).containsExactly(orphan.path());
    assertThat(report.assets().get("a/days").removed()).isEqualTo(2);
    assertThat(report.assets().get("a/days").kept()).isZero();
  }

  @Test
  void aWipeLeavesObjectsToWhoMayBeReadingThem() {
    Materialization read = committed("a/days", "p");
    ledger.readBySomebody();

    SweepReport report = run(AT_ONCE, true, "a/days");

    assertThat(ledger.marked()).containsExactly(read.id());
    assertThat(isThere(read)).isTrue();
    assertThat(report.assets().get("a/days").left()).isEqualTo(1);
  }

  @Test
  void aWriteThatIsGoneWhenItIsToBeRemovedIsNoFailure() {
    Materialization old = committed("a/days", "p");
    for (int i = 0; i < 3; i++) {
      committed("a/days", "p");
    }
    store.delete(key(old));

    assertThat(sweep(KEEP_THREE).failures()).isEmpty();
    assertThat(ledger.deleted()).containsExactly(old.id());
    assertThat(csv.remove(new StoredWrite(location(old), 1, Instant.EPOCH))).isFalse();
  }

  private static java.net.URI location(Materialization made) {
    return Optional.ofNullable(made.object()).orElseThrow().location();
  }
}

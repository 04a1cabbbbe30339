package io.stowage.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JavaType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.QueueUnderTest;
import io.stowage.control.database.Database;
import io.stowage.fixture.StoreSettings;
import io.stowage.protocol.Json;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Page;
import io.stowage.protocol.RunEvent;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitRequest;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.WriteOptions;
import io.stowage.store.file.FileObjectStore;
import io.stowage.store.file.FileSettings;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sample, run and swept by a real worker, with its real store. */
@QuarkusTest
@Tag("C51")
class SweepRunIT {
  private static final String OBSERVATIONS = "weather/observations";
  private static final String SEATTLE = "Seattle|2012-03";
  private static final String FOLDER = "weather/observations/@Seattle/2012-03/";
  private static final JavaType STORED =
      Json.reader().getTypeFactory().constructParametricType(Page.class, MaterializationView.class);

  @TestHTTPResource URI base;
  @Inject Database database;
  @Inject Provider<Worker> workers;

  private QueueUnderTest queue;
  private FileObjectStore store;

  @BeforeEach
  void beginWithNothing() {
    database.query("DELETE FROM stowage.live"); // other tests leave attempts under way
    database.query("DELETE FROM stowage.materialization WHERE asset LIKE 'weather/%'");
    database.query("DELETE FROM stowage.asset_partition WHERE asset LIKE 'weather/%'");
    store =
        new FileObjectStore(
            "test",
            StoreSettings.of(
                FileSettings.class,
                Map.of("path", "target/test-home/storage", "create-folder", "true")));
    store.check();
    queue = QueueUnderTest.at(base, database);
    work(); // so that the catalog is known
    try (Stream<ObjectInfo> old = store.list(FOLDER)) {
      old.toList().forEach(each -> store.delete(each.key()));
    }
  }

  private void work() {
    assertThat(workers.get().once(1, Duration.ZERO)).isZero();
  }

  private RunView executed(SubmitRequest request) {
    UUID run = queue.submit(request);
    work();
    return queue.run(run);
  }

  private void materialized(String asset, String partition) {
    assertThat(executed(SubmitRequest.of(List.of(asset), partition)).state())
        .isEqualTo("succeeded");
  }

  private RunView removed(RunKind kind, Map<String, Object> options, @Nullable String partition) {
    return removed(kind, options, partition, Map.of());
  }

  private RunView removed(
      RunKind kind,
      Map<String, Object> options,
      @Nullable String partition,
      Map<String, Object> config) {
    return executed(
        SubmitRequest.of(List.of(OBSERVATIONS))
            .partition(partition)
            .config(config)
            .kind(kind.word())
            .options(options)
            .build());
  }

  private RunView swept(Map<String, Object> options) {
    return removed(RunKind.SWEEP, options, null);
  }

  private RunView swept(Map<String, Object> options, Map<String, Object> config) {
    return removed(RunKind.SWEEP, options, null, config);
  }

  private List<String> files() {
    try (Stream<ObjectInfo> all = store.list(FOLDER)) {
      return all.map(each -> each.key().path()).toList();
    }
  }

  private List<MaterializationView> history() {
    Page<MaterializationView> page =
        queue
            .client()
            .call(
                "GET",
                "/v1/materializations?asset=" + OBSERVATIONS,
                null,
                STORED,
                QueueUnderTest.TIMEOUT);
    return page.items();
  }

  private List<RunEvent> events(RunView run) {
    return List.of(
        queue
            .client()
            .call(
                "GET",
                "/v1/runs/" + run.id() + "/events",
                null,
                RunEvent[].class,
                QueueUnderTest.TIMEOUT));
  }

  private static Object of(RunView run, String... path) {
    Object at = run.result();
    for (String name : path) {
      at = ((Map<?, ?>) at).get(name);
    }
    return at;
  }

  @Test
  void aSampleThatRanFiveTimesIsKeptThreeTimesAndCanBeRead() {
    for (int i = 0; i < 5; i++) {
      materialized(OBSERVATIONS, SEATTLE);
    }
    materialized(OBSERVATIONS, "New York|2012-03");
    var before = files();

    RunView dry = swept(Map.of("keep", 3, "grace", "0s", "dry-run", true));

    assertThat(dry.state()).isEqualTo("succeeded");
    assertThat(of(dry, "assets", OBSERVATIONS, "removed")).isEqualTo(2);
    assertThat(files()).isEqualTo(before).hasSize(5);
    assertThat(history()).noneMatch(each -> each.removedAt() != null);

    RunView sweep = swept(Map.of("keep", 3, "grace", "0s"));

    assertThat(sweep.state()).as("%s", sweep.error()).isEqualTo("succeeded");
    assertThat(of(sweep, "assets", OBSERVATIONS, "removed")).isEqualTo(2);
    assertThat(of(sweep, "assets", OBSERVATIONS, "kept")).isEqualTo(4);
    assertThat(files()).hasSize(3);
    assertThat(events(sweep)).extracting(RunEvent::type).contains("removed", "asset_swept");
    assertThat(history()).hasSize(6);
    assertThat(history().stream().filter(each -> each.removedAt() != null))
        .hasSize(2)
        .allMatch(each -> !each.current());
    history().stream()
        .filter(each -> each.removedAt() == null)
        .map(each -> store.keyOf(URI.create(String.valueOf(each.location()))))
        .forEach(key -> assertThat(store.info(key)).isPresent());
    materialized("weather/monthly", "2012-03");
  }

  @Test
  void keepsWhatTheManagersSettingsSayAndTheOptionsStandAbove() {
    for (int i = 0; i < 4; i++) {
      materialized(OBSERVATIONS, SEATTLE);
    }
    Map<String, Object> two = Map.of("io", Map.of("lake", Map.of("retention.keep", 2)));
    Map<String, Object> aged =
        Map.of("io", Map.of("lake", Map.of("retention", Map.of("keep", 1, "age", "30d"))));

    assertThat(of(swept(Map.of("grace", "0s"), aged), "removed")).as("all are young").isEqualTo(0);
    RunView above = swept(Map.of("grace", "0s", "keep", 3), two);
    assertThat(of(above, "removed")).isEqualTo(1);
    assertThat(of(swept(Map.of("grace", "0s"), two), "removed")).isEqualTo(1);
    assertThat(files()).hasSize(2);
    RunView wrong = swept(Map.of(), Map.of("io", Map.of("lake", Map.of("retention.keep", 0))));
    assertThat(wrong.state()).isEqualTo("failed");
    assertThat(wrong.error().get("message").toString()).contains("retention.keep is 0");
  }

  @Test
  void aSweepBesideARunLeavesWhatThatMayRead() {
    materialized(OBSERVATIONS, SEATTLE);
    queue.submit();
    var reader = queue.worker();
    var lease = reader.claim();
    materialized(OBSERVATIONS, SEATTLE);
    var options = Map.<String, Object>of("keep", 1, "grace", "0s", "orphan-grace", "0s");

    assertThat(of(swept(options), "assets", OBSERVATIONS, "removed")).isEqualTo(0);
    assertThat(files()).hasSize(2);

    reader.succeed(lease);
    assertThat(of(swept(options), "assets", OBSERVATIONS, "removed")).isEqualTo(1);
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatAKilledWriterLeftGoesAfterTheGrace() throws IOException {
    queue.submit();
    var writer = queue.worker();
    var lease = writer.claim();
    ObjectKey left = ObjectKey.of(FOLDER + UUID.randomUUID() + ".avro");
    try (var object =
        store.create(
            left,
            WriteOptions.once()
                .with("stowage-run", lease.runId().toString())
                .with("stowage-lease", lease.leaseId().toString()))) {
      object.stream().write("half".getBytes(UTF_8));
      object.commit();
    }
    assumeTrue(
        store.info(left).orElseThrow().metadata().containsKey("stowage-run"),
        "this file system keeps no attributes, so nobody knows who wrote it");

    assertThat(of(swept(Map.of("orphan-grace", "0s")), "removed")).as("under way").isEqualTo(0);
    writer.release(lease, "killed");
    assertThat(of(swept(Map.of()), "removed")).as("within the grace").isEqualTo(0);
    assertThat(files()).hasSize(1);

    assertThat(of(swept(Map.of("orphan-grace", "0s")), "removed")).isEqualTo(1);
    assertThat(files()).isEmpty();
  }

  @Test
  void aWipedPartitionIsNotThereAndCanBeMadeAgain() {
    materialized(OBSERVATIONS, SEATTLE);
    materialized(OBSERVATIONS, SEATTLE);

    RunView wipe = removed(RunKind.WIPE, Map.of(), SEATTLE);

    assertThat(of(wipe, "removed")).isEqualTo(2);
    assertThat(files()).isEmpty();
    RunView reader = executed(SubmitRequest.of(List.of("weather/monthly"), "2012-03"));
    assertThat(reader.state()).isEqualTo("failed");
    assertThat(reader.error().get("message").toString()).contains(OBSERVATIONS, SEATTLE);
    materialized(OBSERVATIONS, SEATTLE);
    assertThat(files()).hasSize(1);
    assertThat(history()).hasSize(3);
  }
}

package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.Output;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.Materialize;
import io.stowage.testing.RunEvent;
import io.stowage.testing.Settings;
import io.stowage.testing.Types;
import jakarta.enterprise.inject.Vetoed;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a manager is told when it stores, what it may answer, and what becomes of it. */
class StoringAssetsTest {
  record Order(String id, long amount) {}

  @Vetoed
  @AssetGroup("shop")
  static class Shop {
    @Asset(metadata = "owner=ann", options = "sheet=orders")
    @DailyPartitions(start = "2026-01-01")
    Output<List<Order>> orders(AssetContext context) {
      context.addOutputMetadata("said", "in the body");
      context.log().log(Level.INFO, "in the body");
      return Output.of(List.of(new Order("a", 2))).with("source", "crm").with("rows", 99);
    }
  }

  private static AvroIoManager avro() {
    return new AvroIoManager(
        new MemoryObjectStore("lake"), Settings.of(AvroSettings.class, Map.of("codec", "deflate")));
  }

  private static Materialize shop() {
    return Materialize.assets(Shop.class).partition("2026-01-02");
  }

  @Test
  @Tag("C11")
  void theManagerIsToldOfTheRunTheOutputAndTheValue() {
    var manager = new RecordingIoManager();
    var result = shop().manager("default", manager).tags(Map.of("team", "rain")).run().orThrow();
    var context = manager.stores().getFirst();
    assertThat(context.asset()).isEqualTo(AssetKey.of("shop/orders"));
    assertThat(context.outputName()).isEqualTo("result");
    assertThat(context.step()).isEqualTo("shop/orders");
    assertThat(context.runId()).isEqualTo(result.runId());
    assertThat(context.jobName()).isEqualTo("assets");
    assertThat(context.tags()).containsEntry("team", "rain");
    assertThat(context.attempt()).isEqualTo(1);
    assertThat(context.definitionMetadata()).isEqualTo(Map.of("owner", "ann"));
    assertThat(context.valueMetadata()).containsOnlyKeys("said", "source", "rows");
    assertThat(context.type()).isEqualTo(Types.listOf(Order.class));
    assertThat(context.options()).isEqualTo(Map.of("sheet", "orders"));
    assertThat(context.partition().text()).isEqualTo("2026-01-02");
    assertThat(context.window().start()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(context.mappingKey()).isEmpty();
  }

  @Test
  @Tag("C12")
  @Tag("C13")
  @Tag("C15")
  void allLabelsAreOnTheEventAndTheRecordAndTheManagersGoFirst() {
    var manager =
        new RecordingIoManager()
            .onStore(
                (context, _) -> {
                  context.addOutputMetadata("first", 1);
                  context.addOutputMetadata("second", 2);
                });
    var result = shop().manager("default", manager).run().orThrow();
    assertThat(result.metadata("shop/orders"))
        .containsEntry("said", new MetadataValue.Text("in the body"))
        .containsEntry("source", new MetadataValue.Text("crm"))
        .containsEntry("first", new MetadataValue.Int(1))
        .containsEntry("second", new MetadataValue.Int(2))
        .containsEntry("rows", new MetadataValue.Int(1))
        .containsKeys("seconds", "uri");
    var event = result.events("output_stored").getFirst();
    assertThat((Map<?, ?>) event.data().get("metadata"))
        .hasSameSizeAs(result.metadata("shop/orders"));
    assertThat(result.events("log"))
        .extracting(RunEvent::message)
        .filteredOn(line -> line.contains("'rows'"))
        .hasSize(1);
  }

  @Test
  @Tag("C14")
  void valuesOfEachKindAreKeptAndOthersRefusedBeforeAnythingIsStored() {
    var kept =
        Materialize.assets(
                new Labels(
                    List.of(
                        "text",
                        1,
                        1.5,
                        true,
                        Instant.EPOCH,
                        URI.create("http://x"),
                        Path.of("a/b"),
                        AssetKey.of("a/b"),
                        Map.of("k", List.of(1)),
                        MetadataValue.markdown("*x*"),
                        MetadataValue.run("r"),
                        MetadataValue.table(List.of("c"), List.of(List.of(1))),
                        MetadataValue.tableSchema(Map.of("c", "long")),
                        MetadataValue.columnLineage(Map.of("c", List.of("a/b:c"))))))
            .run()
            .orThrow();
    assertThat(kept.metadata("labelled"))
        .containsEntry("label2", new MetadataValue.Float(1.5))
        .containsEntry("label7", new MetadataValue.Asset(AssetKey.of("a/b")))
        .containsEntry("label9", new MetadataValue.Markdown("*x*"));
    var manager = new RecordingIoManager();
    var refused =
        Materialize.assets(new Labels(List.of(new Object()))).manager("default", manager).run();
    assertThat(refused.failure().orElseThrow().code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(refused.failure().orElseThrow().message())
        .contains("label0")
        .contains("java.lang.Object");
    assertThat(manager.stores()).isEmpty();
  }

  @Vetoed
  @AssetGroup
  static class Labels {
    private final List<Object> values;

    Labels(List<Object> values) {
      this.values = values;
    }

    @Asset
    long labelled(AssetContext context) {
      for (int i = 0; i < values.size(); i++) {
        context.addOutputMetadata("label" + i, values.get(i));
      }
      return 1;
    }
  }

  @Test
  @Tag("C15")
  void aBuiltInManagerFillsTheWellKnownLabels() {
    var result = shop().manager("default", avro()).run().orThrow();
    assertThat(result.metadata("shop/orders"))
        .containsKeys("rows", "bytes", "uri", "schema", "seconds", "codec", "etag")
        .containsEntry("rows", new MetadataValue.Int(1));
    var object = java.util.Objects.requireNonNull(result.materialization("shop/orders").object());
    assertThat(object.rows()).isEqualTo(1);
    assertThat(object.location().toString()).contains("2026-01-02");
    assertThat(result.value("shop/orders")).isEqualTo(List.of(new Order("a", 2)));
  }

  @Vetoed
  @AssetGroup("wrong")
  static class Wrong {
    @Asset
    @SuppressWarnings("unchecked")
    Output<Long> number() {
      return (Output<Long>) (Output<?>) Output.of("not a number");
    }

    record Named(String name) {}

    @Asset(ioManager = "lake")
    List<Named> named() {
      return List.of(new Named("a"), new Named(null));
    }
  }

  @Test
  @Tag("C16")
  void aValueOfAnotherTypeIsNotStored() {
    var manager = new RecordingIoManager();
    var result =
        Materialize.assets(Wrong.class).manager("default", manager).select("wrong/number").run();
    assertThat(result.failure().orElseThrow().code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(result.failure().orElseThrow().message())
        .contains("'result'")
        .contains("Long")
        .contains("java.lang.String");
    assertThat(manager.stores()).isEmpty();
    assertThat(result.materializations()).isEmpty();
  }

  @Test
  @Tag("C17")
  void aValueThatCannotBeEncodedIsRefusedWithItsField() {
    var result =
        Materialize.assets(Wrong.class).manager("lake", avro()).select("wrong/named").run();
    assertThat(result.failure().orElseThrow().code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(result.failure().orElseThrow().message()).contains("name").contains("Named");
    assertThat(result.materializations()).isEmpty();
  }

  @Test
  @Tag("C18")
  @Tag("C19")
  void aManagerRecordsWhatItWroteBesideAndLogsInOrder() {
    var manager =
        new RecordingIoManager()
            .onStore(
                (context, _) -> {
                  context.log().log(Level.INFO, "one");
                  context.recordMaterialization(
                      AssetKey.of("shop/index"), Map.of("entries", new MetadataValue.Int(3)));
                  context.log().log(Level.INFO, "two");
                });
    var result = shop().manager("default", manager).run().orThrow();
    assertThat(result.metadata("shop/index")).containsEntry("entries", new MetadataValue.Int(3));
    assertThat(result.events("log"))
        .extracting(RunEvent::message)
        .containsSubsequence("in the body", "one", "two");
    assertThat(result.events())
        .extracting(RunEvent::type)
        .containsSubsequence("step_started", "log", "log", "output_stored", "step_succeeded");
  }

  @Vetoed
  @AssetGroup
  static class Breaking {
    private boolean broken;

    @Asset
    Stream<Order> rows() {
      return Stream.of(1L, 2L, 3L)
          .map(
              i -> {
                if (broken && i == 3) {
                  throw new IllegalStateException("the source broke off");
                }
                return new Order("a", i);
              });
    }

    @Asset
    long total(List<Order> rows) {
      return rows.stream().mapToLong(Order::amount).sum();
    }
  }

  @Test
  @Tag("C20")
  void aStoreThatFailsHalfWayLeavesWhatWasCommittedWhole() {
    var breaking = new Breaking();
    var assets = Materialize.assets(breaking).manager("default", avro());
    var before = assets.select("rows").run().orThrow();
    breaking.broken = true;
    var failed = assets.select("rows").run();
    assertThat(failed.failure().orElseThrow().message())
        .contains("store output 'result' of 'rows'")
        .contains("the source broke off");
    assertThat(before.rows("rows", Order.class)).hasSize(3);
    assertThat(assets.select("total").run().orThrow().value("total")).isEqualTo(6L);
  }

  @Vetoed
  @AssetGroup
  static class Downstream {
    @Asset
    long given(@Input(manager = "source") long outside) {
      return outside;
    }
  }

  @Test
  @Tag("C37")
  void aStoreThatFailsForTheMomentIsRepeatedWithoutComputingAgain() {
    int[] stored = {0};
    int[] loaded = {0};
    var manager =
        new RecordingIoManager()
            .onStore(
                (_, _) -> {
                  if (stored[0]++ == 0) {
                    throw new io.stowage.api.StowageException(ErrorCode.UNAVAILABLE, "busy");
                  }
                });
    var result =
        Materialize.assets(Downstream.class)
            .manager("default", manager)
            .manager("source", _ -> (long) ++loaded[0])
            .run()
            .orThrow();
    assertThat(result.value("given")).isEqualTo(1L);
    assertThat(stored[0]).isEqualTo(2);
    assertThat(loaded[0]).isEqualTo(1);
  }

  @Vetoed
  @AssetGroup
  static class OfTheJdk {
    @Asset
    ArrayList<String> names() {
      return new ArrayList<>(List.of("a"));
    }
  }

  @Test
  @Tag("C17")
  void anyClassOfTheJdkIsAManagersToTakeOrRefuse() {
    var names = Materialize.assets(OfTheJdk.class);
    assertThat(names.manager("default", avro()).run().failure().orElseThrow().message())
        .contains("'java.util.ArrayList<java.lang.String>' cannot be stored as Avro");
    var kept = names.manager("default", new RecordingIoManager()).run().orThrow();
    assertThat(kept.value("names")).isEqualTo(List.of("a"));
  }
}

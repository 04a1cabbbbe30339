package io.stowage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.IoManager;
import io.stowage.api.OutputContext;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.store.ObjectStore;
import io.stowage.store.memory.MemoryObjectStore;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C62")
class ContextsTest {
  record Order(String id, long amount) {}

  /** Uses all that a context tells, and all that it can be told. */
  static final class SheetIoManager implements IoManager {
    private final Map<String, @Nullable Object> sheets = new HashMap<>();

    @Override
    public void handleOutput(OutputContext context, @Nullable Object value) {
      String sheet = sheet(context.options(), context.partition());
      sheets.put(sheet, value);
      context.addOutputMetadata("rows", ((List<?>) java.util.Objects.requireNonNull(value)).size());
      context.addOutputMetadata("owner", context.definitionMetadata().get("owner"));
      context.log().log(Level.WARNING, "sheet {0} of {1}", sheet, context.window().start());
      context.progress(1, 2);
      context.recordMaterialization(
          AssetKey.of("shop/index"), Map.of("sheet", new MetadataValue.Text(sheet)));
      context.stored(new StoredObject(URI.create("sheet:" + sheet), null, null, -1, 1, null));
    }

    @Override
    public @Nullable Object loadInput(InputContext context) {
      context.addInputMetadata("sheets", context.partitions().size());
      return sheets.get(sheet(context.upstreamOutput().options(), context.partition()));
    }

    private static String sheet(Map<String, String> options, PartitionKey partition) {
      return options.get("sheet") + "-" + partition.text();
    }
  }

  private static OutputContexts orders() {
    return OutputContexts.of("shop/orders", Types.listOf(Order.class))
        .partitions(PartitionsDefinition.daily("2026-01-01"))
        .options(Map.of("sheet", "orders"))
        .definitionMetadata(Map.of("owner", "ann"));
  }

  @Test
  void aManagerIsTestedWithNothingElse() {
    var manager = new SheetIoManager();
    var stored = orders().partition("2026-01-02").valueMetadata("source", "crm").build();
    var value = List.of(new Order("a", 2));
    manager.handleOutput(stored, value);
    assertThat(stored.metadata())
        .containsEntry("rows", new MetadataValue.Int(1))
        .containsEntry("owner", new MetadataValue.Text("ann"));
    assertThat(stored.object().orElseThrow().location()).hasToString("sheet:orders-2026-01-02");
    assertThat(stored.logged())
        .containsExactly("WARNING sheet orders-2026-01-02 of 2026-01-02T00:00:00Z");
    assertThat(stored.progressed()).containsExactly("1/2");
    assertThat(stored.beside()).containsOnlyKeys(AssetKey.of("shop/index"));
    assertThat(stored.materialization().partition()).isEqualTo("2026-01-02");
    assertThat(stored.materialization().metadata()).containsOnlyKeys("source", "rows", "owner");
    var loaded = InputContexts.of(stored).build();
    assertThat(manager.loadInput(loaded)).isEqualTo(value);
    assertThat(loaded.addedMetadata()).containsEntry("sheets", new MetadataValue.Int(1));
    assertThat(loaded.materialization()).contains(stored.materialization());
  }

  @Test
  void aFormatIsTestedOverAStoreInMemory() throws Exception {
    var avro =
        new AvroIoManager(
            new MemoryObjectStore("lake"),
            Settings.of(AvroSettings.class, Map.of("codec", "null")));
    var january = orders().partition("2026-01-02").build();
    var second = orders().partition("2026-01-03").build();
    avro.handleOutput(january, List.of(new Order("a", 1)));
    avro.handleOutput(second, List.of());
    var both =
        InputContexts.of(january, second).type(Types.mapOf(Types.listOf(Order.class))).build();
    assertThat(avro.loadInput(both))
        .isEqualTo(Map.of("2026-01-02", List.of(new Order("a", 1)), "2026-01-03", List.of()));
  }

  @Test
  void tellsOfTheRunWhatTheTestSays() {
    var context =
        orders()
            .partition("2026-01-02")
            .runId("r")
            .step("s")
            .jobName("j")
            .tags(Map.of("team", "rain"))
            .attempt(2)
            .outputName("o")
            .nullable()
            .mappingKey("m")
            .build();
    assertThat(context.runId()).isEqualTo("r");
    assertThat(context.step()).isEqualTo("s");
    assertThat(context.jobName()).isEqualTo("j");
    assertThat(context.tags()).containsEntry("team", "rain");
    assertThat(context.attempt()).isEqualTo(2);
    assertThat(context.outputName()).isEqualTo("o");
    assertThat(context.nullable()).isTrue();
    assertThat(context.mappingKey()).contains("m");
    assertThat(context.window().end()).isEqualTo(Instant.parse("2026-01-03T00:00:00Z"));
    assertThat(context.cancellation().requested()).isFalse();
    context.cancel();
    assertThat(context.cancellation().requested()).isTrue();
  }

  @Test
  void anExternalInputHasItsKeyAndConstantsOnly() {
    var context =
        InputContexts.of("crm/orders", Order.class)
            .external()
            .inputName("raw")
            .metadata(Map.of("table", "t"))
            .options(Map.of("limit", "5"))
            .build();
    assertThat(context.upstreamOutput().ioManager()).isEmpty();
    assertThat(context.upstreamOutput().definitionMetadata()).containsEntry("table", "t");
    assertThat(context.options()).containsEntry("limit", "5");
    assertThat(context.inputName()).isEqualTo("raw");
    assertThat(context.materialization()).isEmpty();
    assertThat(context.partitioned()).isFalse();
  }

  @Test
  void refusesAPartitionThatTheDefinitionHasNot() {
    assertThatThrownBy(() -> orders().partition("2025-12-31").build())
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("2025-12-31");
    var none = OutputContexts.of("shop/total", Long.class).build();
    assertThatThrownBy(none::partition)
        .hasMessageContaining("asset 'shop/total' has no partitions");
    assertThatThrownBy(none::window).hasMessageContaining("no window");
    var several = orders().partition("2026-01-02", "2026-01-03").build();
    assertThatThrownBy(several::partition).hasMessageContaining("spans 2 partitions");
    assertThat(several.window().start()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(several.window().end()).isEqualTo(Instant.parse("2026-01-04T00:00:00Z"));
  }

  @Test
  void refusesMetadataThatCannotBe() {
    var context = OutputContexts.of("shop/total", Long.class).build();
    assertThatThrownBy(() -> context.addOutputMetadata("x", new Object()))
        .hasMessageContaining("x")
        .hasMessageContaining("java.lang.Object");
    assertThat(context.metadata()).isEmpty();
  }

  @Test
  void anInputIsOfOneAsset() {
    var one = OutputContexts.of("a", Long.class).build();
    var other = OutputContexts.of("b", Long.class).build();
    assertThatThrownBy(() -> InputContexts.of(one, other)).hasMessageContaining("one asset");
    assertThatThrownBy(InputContexts::of).hasMessageContaining("one asset");
  }

  @ConfigMapping
  interface CrmSettings {
    URI endpoint();

    @WithDefault("30s")
    Duration timeout();

    Map<String, String> headers();

    Optional<Proxy> proxy();

    interface Proxy {
      String host();
    }
  }

  @Test
  @Tag("C4")
  void settingsAreFilledAsAWorkerFillsThem() {
    var settings =
        Settings.of(
            CrmSettings.class,
            Map.of("endpoint", "http://crm", "headers.a", "b", "proxy.host", "p"));
    assertThat(settings.endpoint()).hasToString("http://crm");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.headers()).containsEntry("a", "b");
    assertThat(settings.proxy().orElseThrow().host()).isEqualTo("p");
  }

  @Test
  @Tag("C4")
  void aSettingThatIsMissingMalformedOrUnknownIsNamed() {
    assertThatThrownBy(() -> Settings.of(CrmSettings.class, Map.of()))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("endpoint");
    assertThatThrownBy(
            () -> Settings.of(CrmSettings.class, Map.of("endpoint", "x", "timeout", "soon")))
        .hasMessageContaining("timeout");
    assertThatThrownBy(
            () -> Settings.of(CrmSettings.class, Map.of("endpoint", "x", "timeuot", "1s")))
        .hasMessageContaining("timeuot");
    assertThatThrownBy(() -> Settings.of(Runnable.class, Map.of()))
        .hasMessageContaining("@ConfigMapping");
  }

  @Test
  @Tag("C6")
  void aFactoryAsksForItsResources() {
    var store = new MemoryObjectStore("lake");
    var context = ResourceContexts.of("crm").with("lake", store);
    assertThat(context.key()).isEqualTo("crm");
    assertThat(context.resource(ObjectStore.class, "lake")).isSameAs(store);
    assertThatThrownBy(() -> context.resource(ObjectStore.class, "sea"))
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("'sea'");
    assertThatThrownBy(() -> context.resource(IoManager.class, "lake"))
        .hasMessageContaining("MemoryObjectStore");
  }

  @Test
  void typesEqualThoseOfReflection() throws Exception {
    var declared = ContextsTest.class.getDeclaredMethod("declared").getGenericReturnType();
    var spelt = Types.mapOf(Types.listOf(Order.class));
    assertThat(spelt).isEqualTo(declared).hasSameHashCodeAs(declared);
    assertThat(declared).isEqualTo(spelt);
    assertThatThrownBy(() -> Types.generic(List.class)).hasMessageContaining("1 type parameters");
  }

  static Map<String, List<Order>> declared() {
    return Map.of();
  }
}

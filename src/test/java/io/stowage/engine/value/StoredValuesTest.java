package io.stowage.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AssetKey;
import io.stowage.api.AssetValue;
import io.stowage.api.ErrorCode;
import io.stowage.api.GenericType;
import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.Materialization;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.UpstreamOutput;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.engine.IoManagers;
import io.stowage.engine.value.StoredAssets.Declared;
import io.stowage.engine.value.StoredAssets.Stored;
import io.stowage.engine.value.StoredAssets.Wanted;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C64")
class StoredValuesTest {
  record Month(String month, Optional<Double> mean) {}

  private static final PartitionsDefinition MONTHS =
      PartitionsDefinition.monthly("2012-01").until("2016-01");

  private final List<Wanted> asked = new ArrayList<>();
  private final List<String> made = new ArrayList<>();
  private final List<Map<String, Map<String, String>>> overrides = new ArrayList<>();
  private final List<InputContext> loads = new ArrayList<>();
  private int closed;
  private Function<InputContext, @Nullable Object> loading =
      context -> context.partitions().stream().map(PartitionKey::text).toList();
  private boolean loadsRows;
  private Optional<Type> declaredType = Optional.empty();
  private Optional<Declared> declared = Optional.of(declared(Optional.of(MONTHS), true));
  private List<String> partitions = List.of("2012-03", "2012-01", "2012-02");

  private final StoredValues values =
      new StoredValues(this::find, this::managers, _ -> declaredType, Clock.systemUTC());

  private static Declared declared(Optional<PartitionsDefinition> definition, boolean valued) {
    return new Declared(
        new UpstreamOutput(
            AssetKey.of("weather/monthly"),
            "months",
            Map.of("unit", "°C"),
            Map.of("sheet", "1"),
            Optional.of("lake")),
        valued,
        definition);
  }

  private Stored find(Wanted wanted) {
    asked.add(wanted);
    return new Stored(
        declared,
        partitions.stream()
            .filter(key -> wanted.partitions().isEmpty() || wanted.partitions().contains(key))
            .map(key -> materialization(wanted.asset(), key))
            .toList());
  }

  private static Materialization materialization(AssetKey asset, String partition) {
    var object = new StoredObject(URI.create("memory:lake/" + partition), null, null, -1, -1, null);
    return new Materialization(
        UUID.randomUUID().toString(), asset, partition, "run", object, Map.of(), Instant.EPOCH);
  }

  private IoManagers managers(Map<String, Map<String, String>> given) {
    overrides.add(given);
    return new IoManagers() {
      @Override
      public IoManager storing(String key) {
        throw new AssertionError("nothing is stored");
      }

      @Override
      public InputManager loading(String key) {
        made.add(key);
        return new InputManager() {
          @Override
          public @Nullable Object loadInput(InputContext context) {
            loads.add(context);
            return loading.apply(context);
          }

          @Override
          public boolean loadsRows() {
            return loadsRows;
          }
        };
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }

  private AssetValue monthly() {
    return values.of("weather/monthly");
  }

  @Test
  void makesTheOneManagerWhenTheValueIsRead() {
    AssetValue march = monthly().partition("2012-03");
    assertThat(asked).isEmpty();

    assertThat(march.list(String.class)).containsExactly("2012-03");

    assertThat(made).containsExactly("lake");
    assertThat(overrides).containsExactly(Map.of());
    assertThat(closed).isEqualTo(1);
    InputContext context = loads.getFirst();
    assertThat(context.asset()).hasToString("weather/monthly");
    assertThat(context.partition()).isEqualTo(PartitionKey.of("2012-03"));
    assertThat(context.window().start()).isEqualTo("2012-03-01T00:00:00Z");
    assertThat(context.type()).hasToString("java.util.List<java.lang.String>");
    assertThat(context.byPartition()).isFalse();
    assertThat(context.materialization()).isPresent();
    assertThat(context.upstreamOutput().definitionMetadata()).containsEntry("unit", "°C");
    assertThat(context.upstreamOutput().outputName()).isEqualTo("months");
    context.addInputMetadata("rows", 1);
    context.progress(1, 2);
  }

  @Test
  void readsAllThatIsStoredInOrderWhereNoPartitionIsNamed() {
    assertThat(monthly().list(String.class)).containsExactly("2012-01", "2012-02", "2012-03");
    assertThat(loads.getFirst().byPartition()).isTrue();
    assertThat(loads.getFirst().window().end()).isEqualTo("2012-04-01T00:00:00Z");
  }

  @Test
  void keepsTheOrderInWhichPartitionsAreNamed() {
    var two = monthly().partition("2012-03").partition("2012-01").partition("2012-03");

    assertThat(two.list(String.class)).containsExactly("2012-03", "2012-01");
    assertThat(two.materializations())
        .extracting(Materialization::partition)
        .containsExactly("2012-03", "2012-01");
    assertThat(made).as("who asks the ledger alone makes no manager").hasSize(1);
  }

  @Test
  void givesAMapByPartitionAlsoOfOne() {
    loading = _ -> Map.of("2012-03", 7L);

    assertThat(monthly().partition("2012-03").byPartition(Long.class)).containsEntry("2012-03", 7L);
    assertThat(loads.getFirst().byPartition()).isTrue();
    assertThat(monthly().load(GenericType.of(Map.class, String.class, Long.class)))
        .isEqualTo(Map.of("2012-03", 7L));
    assertThatThrownBy(
            () ->
                monthly()
                    .load(
                        GenericType.of(
                            Map.class, String.class, GenericType.of(List.class, Long.class))))
        .hasMessageContaining("but the value of '2012-03' is a java.lang.Long, not a");
  }

  @Test
  void passesSettingsOptionsAndTheTime() {
    var time = Instant.parse("2016-01-01T00:00:00Z");
    monthly()
        .partition("2012-03")
        .asOfRun("01890a5d-ac96-774b-bcce-b302099a8057")
        .asOf(time)
        .setting("codec", "null")
        .setting("codec", "deflate")
        .setting("inner", "level", "1")
        .option("sheet", "2")
        .list(String.class);

    assertThat(asked.getFirst().at()).isEqualTo(time);
    assertThat(asked.getFirst().runId()).isNull();
    assertThat(overrides.getFirst())
        .isEqualTo(Map.of("lake", Map.of("codec", "deflate"), "inner", Map.of("level", "1")));
    assertThat(loads.getFirst().options()).containsEntry("sheet", "2");
    monthly().manager("copy").partition("2012-03").list(String.class);
    assertThat(made).containsExactly("lake", "copy");
  }

  @Test
  void saysWhatWasNeverMaterialized() {
    assertThatThrownBy(() -> monthly().partition("2012-03").partition("2013-01").list(String.class))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
        .hasMessageContaining(
            "asset 'weather/monthly' was never materialized for partition '2013-01': materialize it"
                + " first");
    partitions = List.of();
    assertThatThrownBy(() -> monthly().asOf(Instant.EPOCH).list(String.class))
        .hasMessageContaining("was never materialized by 1970-01-01T00:00:00Z");
    assertThat(made).isEmpty();
  }

  @Test
  void leavesOutWhatTheAssetStoredBeforeItHadPartitions() {
    partitions = List.of("", "2012-01");
    assertThat(monthly().list(String.class)).containsExactly("2012-01");

    declared = Optional.of(declared(Optional.empty(), true));
    assertThat(monthly().list(String.class)).isEmpty();
    assertThat(loads.getLast().partitioned()).isFalse();
    assertThat(loads.getLast().materializations()).hasSize(1);
  }

  @Test
  void readsThePastOfAnAssetThatHadNoPartitionsThen() {
    partitions = List.of("");
    assertThat(monthly().asOf(Instant.EPOCH).list(String.class)).isEmpty();
    assertThat(loads.getLast().partitioned()).isFalse();
    assertThat(loads.getLast().materializations()).hasSize(1);
    assertThat(loads.getLast().ofThePast()).isTrue();

    partitions = List.of("", "2012-01");
    assertThat(monthly().asOf(Instant.EPOCH).list(String.class)).containsExactly("2012-01");
    partitions = List.of("");
    assertThatThrownBy(() -> monthly().list(String.class))
        .hasMessageContaining("never materialized");
  }

  @Test
  void readsWhatAnAssetStoredBeforeItStoredNothing() {
    declared = Optional.of(declared(Optional.of(MONTHS), false));
    assertThat(monthly().list(String.class)).as("it stored values once").isNotEmpty();
  }

  @Test
  void asksForTheManagerOfAnAssetThatNoCatalogHas() {
    declared = Optional.empty();

    assertThatThrownBy(() -> monthly().list(String.class))
        .hasMessageContaining("name the IO manager that stored it");
    assertThat(monthly().manager("lake").list(String.class)).hasSize(3);
  }

  @Test
  void refusesAValueOfAnotherType() {
    assertThatThrownBy(() -> monthly().load(String.class))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_MISMATCH));
    loading = _ -> null;
    assertThat(monthly().load(String.class)).isNull();
    assertThatThrownBy(() -> monthly().list(String.class)).hasMessageContaining("null was stored");
  }

  @Test
  void tellsWhichManagerFailed() {
    loading =
        _ -> {
          throw new IllegalStateException("on fire");
        };
    assertThatThrownBy(() -> monthly().list(String.class))
        .hasMessageContainingAll("'weather/monthly'", "'lake'", "on fire");
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void keepsItsManagersUntilTheStreamIsClosed() {
    loading = _ -> Stream.of("a", "b");

    try (var rows = monthly().setting("codec", "null").stream(String.class)) {
      assertThat(closed).isZero();
      assertThat(rows).containsExactly("a", "b");
    }
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void givesRowsOfAnythingThatAManagerGives() {
    assertThatThrownBy(() -> monthly().rows())
        .hasMessageContainingAll("'weather/monthly'", "must be told a class");

    declaredType = Optional.of(GenericType.of(List.class, Month.class));
    loading =
        _ -> List.of(new Month("2012-01", Optional.of(1.5)), new Month("x", Optional.empty()));
    try (var rows = monthly().rows()) {
      assertThat(rows.map(Object::toString))
          .containsExactly("{month=2012-01, mean=1.5}", "{month=x, mean=null}");
    }
    loading = _ -> "a report";
    assertThat(monthly().rows()).containsExactly(Map.of("value", "a report"));

    loadsRows = true;
    loading = _ -> Stream.of(Map.of("a", 1));
    assertThat(monthly().rows()).containsExactly(Map.of("a", 1));
    assertThat(loads.getLast().type()).isEqualTo(GenericType.ROWS);
  }
}

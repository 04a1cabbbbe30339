package io.stowage.io.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.InputManager;
import io.stowage.api.StoredWrite;
import io.stowage.api.Sweepable;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.fixture.StoreSettings;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.io.csv.CsvIoManager;
import io.stowage.io.csv.CsvSettings;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectStore;
import io.stowage.testing.Materialize;
import io.stowage.testing.Materialized;
import jakarta.enterprise.inject.Vetoed;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that cannot be stored, under a threshold and above it. */
@Tag("C56")
abstract class QuarantineContract {
  record Order(int id, String item) {}

  @Vetoed
  @AssetGroup
  static class Shop {
    static int bad;
    static int copies = 1;

    /** A hundred orders, of which so many have no item. */
    @Asset
    Stream<Order> orders() {
      return IntStream.range(0, 100 * copies).mapToObj(n -> order(n % 100));
    }

    private static Order order(int id) {
      return new Order(id, id < bad ? null : "tea");
    }

    @Asset
    int count(List<Order> orders) {
      return orders.size();
    }
  }

  private final String prefix = "quarantine-" + UUID.randomUUID();

  abstract ObjectStore store();

  private InputManager manager(String format, String layout, String... more) {
    var settings = new LinkedHashMap<>(Map.of("layout", layout, "prefix", prefix));
    for (int i = 0; i < more.length; i += 2) {
      settings.put("quarantine." + more[i], more[i + 1]);
    }
    return format.equals("csv")
        ? new CsvIoManager(store(), StoreSettings.of(CsvSettings.class, settings))
        : new AvroIoManager(store(), StoreSettings.of(AvroSettings.class, settings));
  }

  private List<String> objects() {
    try (var all = store().list(prefix + "/")) {
      return all.map(ObjectInfo::key).map(Object::toString).toList();
    }
  }

  private List<String> quarantines() {
    return objects().stream().filter(key -> key.contains("@quarantine")).toList();
  }

  @ParameterizedTest
  @CsvSource({"avro,versioned", "avro,flat", "csv,versioned", "csv,flat"})
  void putsBadRowsAside(String format, String layout) {
    var manager =
        layout.equals("flat")
            ? manager(format, layout, "max-rows", "3")
            : manager(format, layout, "max-ratio", "0.03");
    var result = stored(manager, 3);
    assertThat(result.metadata("orders"))
        .containsEntry("rows", new MetadataValue.Int(97))
        .containsEntry("quarantined", new MetadataValue.Int(3))
        .containsKeys("quarantine", "quarantined_first");
    assertThat(quarantines()).hasSize(1);
    assertThat(result.metadata("orders").get("quarantine").toString())
        .contains(quarantines().getFirst());
    assertThat(text(quarantines().getFirst()))
        .startsWith("reason,row\r\n\"record")
        .contains("item", "Order[id=2, item=null]")
        .hasLineCount(4);
  }

  @ParameterizedTest
  @CsvSource({"avro,1", "csv,1", "avro,5000", "csv,5000"})
  void theOtherRowsAreWholeAndRowsAreNumberedAmongAllThatWereGiven(String format, int copies) {
    var manager = manager(format, "versioned", "max-ratio", "0.5");
    Shop.bad = 2;
    Shop.copies = copies;
    try {
      var result =
          Materialize.assets(Shop.class)
              .select("orders")
              .manager("default", manager)
              .run()
              .orThrow();
      assertThat(result.rows("orders", Order.class))
          .hasSize(98 * copies)
          .allMatch(order -> order.item().equals("tea") && order.id() >= 2);
      assertThat(text(quarantines().getFirst())).contains("record 1 ", "record 2 ");
    } finally {
      Shop.copies = 1;
    }
  }

  private Materialized stored(InputManager manager, int bad) {
    Shop.bad = bad;
    return Materialize.assets(Shop.class)
        .select("orders")
        .manager("default", manager)
        .run()
        .orThrow();
  }

  private String text(String key) {
    try (var reader = store().open(ObjectKey.of(key))) {
      return new String(reader.stream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"avro,max-rows,3", "avro,max-ratio,0.03", "csv,max-rows,3", "csv,max-ratio,0.03"})
  void failsAboveTheThresholdAndStoresNothing(String format, String limit, String most) {
    assertThatThrownBy(() -> stored(manager(format, "versioned", limit, most), 4))
        .hasMessageContaining("4 rows are bad")
        .hasMessageContaining("quarantine." + limit)
        .hasMessageContaining("item");
    assertThat(objects()).isEmpty();
  }

  @Test
  void failsAtTheFirstBadRowWhereNobodyAsksForIt() {
    assertThatThrownBy(() -> stored(manager("csv", "versioned"), 1)).hasMessageContaining("'item'");
    assertThat(objects()).isEmpty();
  }

  @Test
  void aFlatQuarantineIsThatOfTheLastWrite() {
    var manager = manager("avro", "flat", "max-rows", "5");
    stored(manager, 5);
    stored(manager, 0);
    assertThat(quarantines()).isEmpty();
  }

  @Test
  void goesWithItsMaterialization() {
    var manager = manager("avro", "versioned", "max-rows", "5");
    var first = stored(manager, 5).materialization("orders");
    stored(manager, 5);
    assertThat(objects()).hasSize(4);
    assertThat(((Sweepable) manager).remove(first)).isTrue();
    assertThat(objects()).hasSize(2);
    assertThat(quarantines()).hasSize(1);
  }

  @Test
  void isSweptUnderTheNameOfWhatItBelongsTo() throws Exception {
    var manager = (AvroIoManager) manager("avro", "versioned", "max-rows", "5");
    var stored = stored(manager, 5).materialization("orders").object();
    var main = store().keyOf(Objects.requireNonNull(stored).location());
    store().delete(main); // as if the attempt had died in between
    List<StoredWrite> left;
    try (var writes = manager.writes(null)) {
      left = writes.toList();
    }
    assertThat(left).extracting(StoredWrite::location).containsExactly(stored.location());
    assertThat(manager.origin(left.getFirst())).isPresent();
    assertThat(manager.remove(left.getFirst())).isTrue();
    assertThat(objects()).isEmpty();
  }
}

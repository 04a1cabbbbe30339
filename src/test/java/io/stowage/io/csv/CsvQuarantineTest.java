package io.stowage.io.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.Input;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.fixture.BytesIoManager;
import io.stowage.fixture.StoreSettings;
import io.stowage.store.ObjectInfo;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.Materialize;
import io.stowage.testing.Materialized;
import jakarta.enterprise.inject.Vetoed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a CSV object that cannot be read: borne up to a threshold, told, and left out. */
@Tag("C56")
class CsvQuarantineTest {
  record Order(int id, String item, @Nullable Double price) {}

  private static final String HEADER = "id,item,price\n";

  /** Of ten rows three are bad: lines 3, 5 and 7. */
  private static final String THREE_OF_TEN =
      HEADER
          + "1,tea,1.5\n"
          + "x,tea,2\n"
          + "3,tea,\n"
          + "4,tea\n"
          + "5,\"two\n"
          + "lines\",1\n"
          + "6,tea,dear\n"
          + "7,a,1\n"
          + "8,a,1\n"
          + "9,a,1\n"
          + "10,a,1\n";

  private static final String GOOD = HEADER + "11,tea,1\n";

  @Vetoed
  @AssetGroup
  static class Shop {
    @Asset(ioManager = "text")
    @StaticPartitions({"a", "b"})
    String files(AssetContext context) {
      return context.partition().text().equals("a") ? THREE_OF_TEN : GOOD;
    }

    @Asset
    @StaticPartitions({"a", "b"})
    String list(@Input(manager = "csv") List<Order> files) {
      return ids(files.stream());
    }

    @Asset
    @StaticPartitions({"a", "b"})
    String stream(@Input(manager = "csv") Stream<Order> files) {
      return ids(files);
    }

    @Asset
    String all(@Input(manager = "csv", mapping = Input.Mapping.ALL) List<Order> files) {
      return ids(files.stream());
    }

    @Asset
    String chained(@Input(manager = "csv", mapping = Input.Mapping.ALL) Stream<Order> files) {
      return ids(files);
    }

    @Asset
    String byKey(
        @Input(manager = "csv", mapping = Input.Mapping.ALL) Map<String, List<Order>> files) {
      return ids(files.get("a").stream()) + " " + ids(files.get("b").stream());
    }

    private static String ids(Stream<Order> orders) {
      return String.join(",", orders.map(order -> Integer.toString(order.id())).toList());
    }
  }

  private final MemoryObjectStore store = new MemoryObjectStore("test");

  private Materialized run(String asset, String... quarantine) {
    var settings = new LinkedHashMap<String, String>();
    for (int i = 0; i < quarantine.length; i += 2) {
      settings.put("quarantine." + quarantine[i], quarantine[i + 1]);
    }
    var text = new BytesIoManager(store, "files", "csv");
    var csv = new CsvIoManager(store, StoreSettings.of(CsvSettings.class, settings));
    var assets = Materialize.assets(Shop.class).manager("text", text).manager("csv", csv);
    return asset.equals("list") || asset.equals("stream")
        ? assets.select("files", asset).partition("a").run()
        : assets.select("files", asset).partition("a", "b").run();
  }

  private List<String> objects() {
    try (var all = store.list("")) {
      return all.map(ObjectInfo::key).map(Object::toString).toList();
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> told(Materialized result, String type) {
    var event = result.events(type).getLast();
    return (Map<String, Object>) Objects.requireNonNull(event.data().get("metadata"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "all", "byKey"})
  void leavesBadRowsOutAndTellsOfThemWithTheLoadedInput(String asset) {
    Materialized result = run(asset, "max-rows", "3").orThrow();

    assertThat(told(result, "input_loaded").toString())
        .contains("quarantined={type=int, value=3}")
        .contains("line 3, column 'id': 'x' is no whole number", "x,tea,2")
        .contains("line 5 has 2 fields, and the header 3: it has no column 'price'")
        .contains("line 8, column 'price': 'dear' is no number", "files/@a/");
    assertThat(result.value(asset, asset.equals("list") ? "a" : "").toString())
        .startsWith("1,3,5,7,8,9,10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "chained"})
  void tellsOfThoseOfAStreamOnceItWasRead(String asset) {
    Materialized result = run(asset, "max-ratio", "0.3").orThrow();

    assertThat(told(result, "input_loaded")).doesNotContainKey("quarantined");
    assertThat(told(result, "input_read").toString())
        .contains("quarantined={type=int, value=3}", "line 5");
    assertThat(result.events("log"))
        .anySatisfy(
            event ->
                assertThat(event.message())
                    .contains("goes without 3 of 10 rows", "files/@a/", "line 3, column 'id'"));
    assertThat(result.value(asset, asset.equals("stream") ? "a" : "").toString())
        .startsWith("1,3,5,7,8,9,10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "stream", "all", "chained", "byKey"})
  void failsAboveTheThresholdWithoutAResult(String asset) {
    for (String[] limit : new String[][] {{"max-rows", "2"}, {"max-ratio", "0.29"}}) {
      Materialized result = run(asset, limit);

      assertThat(result.failure().orElseThrow().message())
          .contains("files/@a/", "3 rows are bad", "quarantine." + limit[0])
          .contains("line 3, column 'id': 'x' is no whole number");
      assertThat(result.materializations())
          .extracting(made -> made.asset().toString())
          .containsOnly("files");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "stream", "all", "chained", "byKey"})
  void failsAtTheFirstBadRowWhereNobodyAsksForIt(String asset) {
    assertThat(run(asset).failure().orElseThrow().message())
        .contains("files/@a/", "line 3, column 'id': 'x' is no whole number");
  }

  @Test
  void writesNothingSinceItMayHaveNoRightTo() {
    run("byKey", "max-rows", "3").orThrow();

    assertThat(objects()).hasSize(2).allMatch(key -> key.startsWith("files/"));
  }
}

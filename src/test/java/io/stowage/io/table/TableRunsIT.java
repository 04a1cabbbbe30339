package io.stowage.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetOut;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.MultiAsset;
import io.stowage.api.SchemaPolicy;
import io.stowage.api.partition.BackfillPolicy;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.DynamicPartitions;
import io.stowage.api.partition.MonthlyPartitions;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Annotated assets whose manager is of tables, run. */
class TableRunsIT extends TablesUnderTest {
  record Sale(LocalDate day, String town, int amount) {}

  record Month(String month, int amount) {}

  @Vetoed
  @AssetGroup("shop")
  static class Shop {
    @Asset(options = "partitionColumn=day")
    @DailyPartitions(start = "2012-01-01", end = "2013-01-01")
    Stream<Sale> sales(AssetContext context) {
      LocalDate day = context.window().startDate();
      return Stream.of("Basel", "Chur").map(town -> new Sale(day, town, day.getDayOfMonth()));
    }

    @Asset(options = "partitionColumn=period", metadata = "schema=other")
    @MonthlyPartitions(start = "2012-01", end = "2013-01")
    List<Month> months(@Input(allowMissingPartitions = true) Map<String, List<Sale>> sales) {
      return sales.entrySet().stream()
          .map(day -> new Month(day.getKey(), day.getValue().stream().mapToInt(Sale::amount).sum()))
          .toList();
    }

    @Asset
    List<Month> best(
        @Input(allowMissingPartitions = true, options = "columns=month,amount")
            Stream<Month> months) {
      return months.sorted((a, b) -> b.amount() - a.amount()).limit(1).toList();
    }

    record Report(
        List<Month> lines, @AssetOut(metadata = "schema=other") Optional<List<Month>> odd) {}

    @MultiAsset
    Report report(List<Month> best) {
      return new Report(best, Optional.of(best));
    }

    @Asset(options = "partitionColumn=town")
    @DynamicPartitions(name = "towns")
    List<Month> byTown(AssetContext context) {
      return List.of(new Month(context.partition().text(), 1));
    }

    @Asset(options = "partitionColumn=date=day,town=town")
    @DailyPartitions(start = "2012-01-01", end = "2013-01-01")
    @StaticPartitions(
        dimension = "town",
        value = {"Basel", "Chur"})
    List<Sale> visits(AssetContext context) {
      return List.of(
          new Sale(context.window().startDate(), context.partition().dimension("town"), 1));
    }

    @Asset
    @StaticPartitions(
        dimension = "town",
        value = {"Basel", "Chur"})
    List<Month> towns(Stream<Sale> visits) {
      return List.of(new Month("all", (int) visits.count()));
    }
  }

  private Materialize shop() {
    return Materialize.assets(Shop.class).manager("default", tables);
  }

  @Test
  @Tag("C60")
  @Tag("C61")
  void aMonthLoadsItsDaysByKeyAndInOrder() {
    var shop = shop();
    for (String day : List.of("2012-03-02", "2012-03-01", "2012-04-01")) {
      shop.select("shop/sales").partition(day).run().orThrow();
    }
    var result = shop.select("shop/months").partition("2012-03").run().orThrow();
    assertThat(result.rows("shop/months", "2012-03", Month.class))
        .containsExactly(new Month("2012-03-01", 2), new Month("2012-03-02", 4));
    assertThat(warehouse.query("SELECT period || month FROM other.months ORDER BY 1"))
        .containsExactly("2012-032012-03-01", "2012-032012-03-02");
    assertThat(warehouse.query("SELECT count(*) FROM shop.sales")).containsExactly("6");
  }

  @Test
  @Tag("C57")
  void outputsOfAMultiAssetAreTablesOfTheirOwn() {
    shop()
        .select("shop/best", "shop/lines", "shop/odd")
        .input("shop/months", "2012-01", List.of(new Month("a", 1), new Month("b", 2)))
        .run()
        .orThrow();
    assertThat(warehouse.query("SELECT month FROM shop.lines")).containsExactly("b");
    assertThat(warehouse.query("SELECT month FROM other.odd")).containsExactly("b");
  }

  @Test
  @Tag("C61")
  void dynamicKeysAndSeveralDimensionsAreColumns() {
    var shop = shop().dynamicPartitions("towns", "Bas'el", "x=y,z");
    shop.select("shop/byTown").partition("Bas'el").run().orThrow();
    var town = shop.select("shop/byTown").partition("x=y,z").run().orThrow();
    assertThat(town.rows("shop/byTown", "x=y,z", Month.class))
        .containsExactly(new Month("x=y,z", 1));
    for (String key : List.of("2012-03-01|Basel", "2012-03-01|Chur", "2012-03-02|Basel")) {
      shop.select("shop/visits").partition(key).run().orThrow();
      shop.select("shop/visits").partition(key).run().orThrow();
    }
    assertThat(warehouse.query("SELECT count(*) FROM shop.visits")).containsExactly("3");
  }

  @Vetoed
  @AssetGroup("shop")
  static class Ranged {
    @Asset(options = "partitionColumn=day")
    @DailyPartitions(start = "2012-01-01", end = "2012-01-04")
    @BackfillPolicy(BackfillPolicy.Type.SINGLE_RUN)
    Map<String, List<Sale>> sales(AssetContext context) {
      var days = new LinkedHashMap<String, List<Sale>>();
      context.partitions().forEach(key -> days.put(key.text(), List.of(sale(key.text()))));
      return days;
    }

    private static Sale sale(String day) {
      return new Sale(LocalDate.parse(day), "Basel", 1);
    }
  }

  @Test
  @Tag("C59")
  void aRangeInOneCallIsASliceForEachPartition() {
    var result =
        Materialize.assets(Ranged.class)
            .manager("default", tables)
            .partition("2012-01-01", "2012-01-02", "2012-01-03")
            .run()
            .orThrow();
    assertThat(result.materializations()).hasSize(3);
    assertThat(warehouse.query("SELECT partition FROM shop.stowage_slice ORDER BY 1"))
        .containsExactly("2012-01-01", "2012-01-02", "2012-01-03");
  }

  @Vetoed
  @AssetGroup("shop")
  static class Counted {
    private int computed;

    @Asset(attempts = 2)
    List<Month> things() {
      computed++;
      return List.of(new Month("a", 1));
    }

    @Asset(schemaPolicy = SchemaPolicy.NONE)
    List<Month> free() {
      computed++;
      return List.of(new Month("a", 1));
    }
  }

  @Test
  @Tag("C58")
  void aChangeThatCannotBeIsRefusedBeforeAnythingIsComputed() {
    var counted = new Counted();
    var assets = Materialize.assets(counted).manager("default", tables).select("shop/things");
    assets.run().orThrow();
    warehouse.execute("ALTER TABLE shop.things ALTER amount TYPE text");
    var failure = assets.run().failure().orElseThrow();
    assertThat(counted.computed).isEqualTo(1);
    assertThat(failure.code()).isEqualTo(ErrorCode.INCOMPATIBLE_SCHEMA);
    assertThat(failure.message())
        .contains("table shop.things has column 'amount' of type text")
        .contains("record 'Month' has it as integer")
        .contains("nothing was computed");
  }

  @Test
  @Tag("C58")
  void withoutAPolicyItIsRefusedWhenItIsStored() {
    var counted = new Counted();
    var assets = Materialize.assets(counted).manager("default", tables).select("shop/free");
    assets.run().orThrow();
    warehouse.execute("ALTER TABLE shop.free ALTER amount TYPE text");
    var failure = assets.run().failure().orElseThrow();
    assertThat(counted.computed).isEqualTo(2);
    assertThat(failure.code()).isEqualTo(ErrorCode.INCOMPATIBLE_SCHEMA);
    assertThat(warehouse.query("SELECT amount FROM shop.free")).containsExactly("1");
  }

  @Test
  @Tag("C58")
  void whatOthersDidToTheTableIsNoChangeOfTheAsset() {
    var assets = Materialize.assets(Counted.class).manager("default", tables).select("shop/things");
    assets.run().orThrow();
    warehouse.execute("ALTER TABLE shop.things ALTER amount DROP NOT NULL");
    warehouse.execute("ALTER TABLE shop.things ADD by_hand text");
    var unchanged = assets.run().orThrow();
    assertThat(unchanged.metadata("shop/things")).doesNotContainKey("schema-changes");
  }

  /** A list that loses its writer's connection, once. */
  private final class Losing extends AbstractList<Month> {
    private boolean lost;

    @Override
    public Month get(int index) {
      if (index == 20_000 && !lost) {
        lost = true;
        warehouse.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY %'"
                + " AND pid <> pg_backend_pid()");
      }
      return new Month("m" + index, index);
    }

    @Override
    public int size() {
      return 100_000;
    }
  }

  @Vetoed
  @AssetGroup("shop")
  static class Lossy {
    private final List<Month> rows;

    Lossy(List<Month> rows) {
      this.rows = rows;
    }

    @Asset(attempts = 2)
    List<Month> many() {
      return rows;
    }
  }

  @Test
  @Tag("C59")
  void aConnectionThatIsLostIsTriedAgain() {
    var losing = new Losing();
    Materialize.assets(new Lossy(losing)).manager("default", tables).run().orThrow();
    assertThat(losing.lost).isTrue();
    assertThat(warehouse.query("SELECT count(DISTINCT month) FROM shop.many"))
        .containsExactly("100000");
  }
}

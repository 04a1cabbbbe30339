package io.stowage.io.table;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static io.stowage.io.table.Warehouse.ROWS;
import static io.stowage.io.table.Warehouse.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.StaticPartitionsDefinition;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.Workbench;
import io.stowage.io.table.Warehouse.Row;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Partitions as rows of a table. */
class TablePartitionsIT extends TablesUnderTest {
  record Daily(LocalDate day, long id) {}

  @Test
  @Tag("C61")
  void refusesAPartitionedAssetWithoutAPartitionColumn() {
    var without = warehouse.manager(null);
    assertThatThrownBy(() -> without.handleOutput(output("shop/orders", ROWS, "a"), rows(0, 1)))
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("asset 'shop/orders' is partitioned");
  }

  @Test
  @Tag("C61")
  void takesThePartitionColumnOfTheOutputsOptionInStoreAndLoad() {
    var bench = new Workbench();
    bench.managers().put("tables", warehouse.manager(null));
    bench
        .asset("shop/orders")
        .partitioned(new StaticPartitionsDefinition(List.of("a", "b"), "shop"))
        .returning(List.class, Row.class)
        .storedBy("tables")
        .options(Map.of("partitionColumn", "shop"))
        .computed(_ -> rows(0, 2));
    bench
        .asset("shop/count")
        .partitioned(new StaticPartitionsDefinition(List.of("a", "b"), "shop"))
        .input("orders", Declarations.type(List.class, Row.class), given -> given.of("shop/orders"))
        .computed(arguments -> (long) ((List<?>) arguments[0]).size());
    assertThat(bench.runPartitions(List.of("b"), "shop/orders", "shop/count").succeeded()).isTrue();
    assertThat(warehouse.query("SELECT DISTINCT shop FROM shop.orders")).containsExactly("b");
  }

  @Test
  @Tag("C61")
  void hasAColumnForEachDimension() {
    tables = warehouse.manager("date=month,city=place");
    var seattle = PartitionKey.of(Map.of("date", "2012-03", "city", "Seattle"));
    var york = PartitionKey.of(Map.of("date", "2012-03", "city", "New York"));
    var first = store(output("shop/orders", ROWS, seattle), rows(0, 2));
    store(output("shop/orders", ROWS, york), rows(2, 3));
    assertThat(this.<List<Row>>load(input(ROWS, first))).isEqualTo(rows(0, 2));
    assertThat(warehouse.query("SELECT month || place FROM shop.orders WHERE id = 2"))
        .containsExactly("2012-03New York");
    tables = warehouse.manager("month");
    assertThatThrownBy(() -> store(output("shop/orders", ROWS, york), rows(2, 3)))
        .hasMessageContaining("name a column for each");
  }

  @Test
  @Tag("C61")
  void aComponentMayBeThePartitionColumnWhereItEqualsTheKey() {
    tables = warehouse.manager("day");
    Type type = generic(List.class, Daily.class);
    var day = LocalDate.parse("2012-03-01");
    var stored = store(output("shop/daily", type, "2012-03-01"), List.of(new Daily(day, 1)));
    assertThat(this.<List<Daily>>load(input(type, stored))).containsExactly(new Daily(day, 1));
    assertThatThrownBy(
            () -> store(output("shop/daily", type, "2012-03-02"), List.of(new Daily(day, 1))))
        .hasMessageContaining("it is '2012-03-01', but the partition is '2012-03-02'");
    assertThatThrownBy(() -> store(output("shop/daily", type, "2012-03"), List.of()))
        .hasMessageContaining("'2012-03'")
        .hasMessageContaining("name a column that the record does not have");
  }

  @Test
  @Tag("C59")
  void tenThousandPartitionsAreFoundByAnIndex() {
    int count = 10_000;
    var stored = IntStream.range(0, count).mapToObj(i -> store("p" + i, rows(i, i + 1))).toList();
    assertThat(warehouse.query("SELECT count(*) FROM shop.orders")).containsExactly("10000");
    warehouse.execute("ANALYZE shop.orders");
    assertThat(warehouse.query("EXPLAIN DELETE FROM shop.orders WHERE part = E'p77'").toString())
        .contains("Index");
    Type map = generic(Map.class, String.class, ROWS);
    Map<String, List<Row>> loaded =
        load(input(map, stored.reversed().toArray(RecordedOutput[]::new)));
    assertThat(loaded).hasSize(count).containsEntry("p77", rows(77, 78));
    assertThat(loaded.keySet()).startsWith("p9999", "p9998");
  }
}

package io.stowage.io.table;

import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static io.stowage.io.table.Warehouse.ROWS;
import static io.stowage.io.table.Warehouse.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.engine.StepOutcome;
import io.stowage.fixture.Workbench;
import io.stowage.io.table.Warehouse.Row;
import io.stowage.io.table.database.PostgresDatabase;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Storing replaces a slice, whole or not at all. */
class StoringTablesIT extends TablesUnderTest {
  @Test
  @Tag("C59")
  void replacesTheWholeTableOrThePartitionAlone() {
    store(rows(0, 5));
    var whole = store(rows(0, 2));
    assertThat(this.<List<Row>>load(input(ROWS, whole))).isEqualTo(rows(0, 2));
    warehouse.execute("DROP TABLE shop.orders");
    var a = store("a", rows(0, 3));
    var b = store("b", rows(3, 5));
    store("a", rows(0, 1));
    store("a", rows(0, 1));
    assertThat(this.<List<Row>>load(input(ROWS, a))).isEqualTo(rows(0, 1));
    assertThat(this.<List<Row>>load(input(ROWS, b))).isEqualTo(rows(3, 5));
    assertThat(a.added()).containsKeys("rows", "seconds", "table", "schema", "uri");
    assertThat(a.object().rows()).isEqualTo(3);
    assertThat(a.object().location().toString()).endsWith("/postgres/shop/orders");
    assertThat(a.object().schemaFingerprint()).hasSize(64);
  }

  @Test
  @Tag("C59")
  void keysCannotReachOtherRows() {
    var evil = store("x' OR '1'='1", rows(0, 1));
    var good = store("good", rows(1, 2));
    store("x' OR '1'='1", rows(5, 6));
    assertThat(this.<List<Row>>load(input(ROWS, good))).isEqualTo(rows(1, 2));
    assertThat(this.<List<Row>>load(input(ROWS, evil))).isEqualTo(rows(5, 6));
  }

  @Test
  @Tag("C59")
  void refusesAnOlderFenceOfTheSliceOnly() {
    var newer = store(output("shop/orders", ROWS, "a").fenced(7), rows(0, 2));
    assertThatThrownBy(() -> store(output("shop/orders", ROWS, "a").fenced(6), rows(5, 9)))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUPERSEDED));
    store(output("shop/orders", ROWS, "b").fenced(6), rows(5, 9));
    store(output("shop/orders", ROWS, "a").fenced(7), rows(0, 2));
    assertThatThrownBy(() -> store(output("shop/orders", ROWS).fenced(8), rows(5, 9)))
        .hasMessageContaining("'part' of type text, which cannot be null");
    assertThat(this.<List<Row>>load(input(ROWS, newer))).isEqualTo(rows(0, 2));
  }

  @Test
  @Tag("C59")
  void aStepThatComesTooLateEndsAsSuperseded() {
    store(output("shop/orders", ROWS).fenced(7), rows(0, 2));
    var bench = new Workbench().fence(6);
    bench.managers().put("tables", tables);
    bench
        .asset("shop/orders")
        .returning(List.class, Row.class)
        .storedBy("tables")
        .computed(_ -> rows(5, 9));
    assertThat(Workbench.outcome(bench.run("shop/orders"), "shop/orders"))
        .isInstanceOf(StepOutcome.Superseded.class);
  }

  @Test
  @Tag("C59")
  void aConnectionThatDiesBetweenDeleteAndInsertShowsNothing() {
    var before = store("a", rows(0, 3));
    Stream<Row> killed =
        LongStream.range(0, 200_000)
            .mapToObj(
                id -> {
                  if (id == 20_000) {
                    killWriter();
                  }
                  return new Row(id, "new");
                });
    assertThatThrownBy(() -> store("a", killed))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(0, 3));
    store("a", rows(7, 8));
    assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(7, 8));
  }

  @Test
  @Tag("C59")
  void aCanceledStepLeavesWhatWasThere() {
    var before = store(rows(0, 3));
    var canceled = output("shop/orders", ROWS);
    assertThatThrownBy(() -> store(canceled, rows(5, 9).stream().peek(row -> canceled.cancel())))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELED));
    assertThat(this.<List<Row>>load(input(ROWS, before))).isEqualTo(rows(0, 3));
  }

  private void killWriter() {
    warehouse.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY %'"
            + " AND pid <> pg_backend_pid()");
  }

  @Test
  void aDatabaseSaysWhetherItAnswers() {
    var database = Warehouse.database();
    database.check();
    database.close();
    assertThatThrownBy(database::check)
        .isInstanceOf(StowageException.class)
        .hasMessage("store 'warehouse' is closed");
  }

  @Test
  @Tag("C59")
  void noErrorTellsASecret() {
    var unreachable =
        PostgresDatabase.of(
            "warehouse",
            new Warehouse.Connected(
                "postgresql://127.0.0.1:1/shop?password=hush-1&user=u",
                Optional.empty(),
                Optional.of("hush-2")));
    assertThatThrownBy(() -> unreachable.connect(() -> false))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageContaining("store 'warehouse' at postgresql://127.0.0.1:1/shop")
        .hasStackTraceContaining("refused")
        .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("hush"));
  }
}

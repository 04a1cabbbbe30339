package io.stowage.io.table;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static io.stowage.io.table.Warehouse.ROWS;
import static io.stowage.io.table.Warehouse.STREAM;
import static io.stowage.io.table.Warehouse.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.fixture.Contexts;
import io.stowage.io.table.Warehouse.Row;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loading slices and columns of a table. */
class LoadingTablesIT extends TablesUnderTest {
  record Wider(long id, String name, Optional<String> more) {}

  record Required(long id, String name, int more) {}

  record OnlyName(String name) {}

  record Renamed(long id, @Alias("name") String title) {}

  @Test
  @Tag("C60")
  void loadsTheMappedPartitionsInKeyOrder() {
    var b = store("b", rows(3, 5));
    var a = store("a", rows(0, 2));
    store("c", rows(8, 9));
    assertThat(this.<List<Row>>load(input(ROWS, b, a)))
        .extracting(Row::id)
        .containsExactly(3L, 4L, 0L, 1L);
    Type map = generic(Map.class, String.class, ROWS);
    assertThat(this.<Map<String, List<Row>>>load(input(map, b, a)))
        .isEqualTo(Map.of("a", rows(0, 2), "b", rows(3, 5)));
    try (Stream<Row> rows = load(input(STREAM, b, a))) {
      assertThat(rows.map(Row::id)).containsExactly(3L, 4L, 0L, 1L);
    }
  }

  @Test
  @Tag("C60")
  void loadsTheColumnsThatTheRecordHasOrTheInputNames() {
    Type wider = generic(List.class, Wider.class);
    var stored = store(output("shop/orders", wider), List.of(new Wider(1, "n", Optional.of("m"))));
    Type names = generic(List.class, OnlyName.class);
    assertThat(this.<List<OnlyName>>load(input(names, stored))).containsExactly(new OnlyName("n"));
    Type renamed = generic(List.class, Renamed.class);
    assertThat(this.<List<Renamed>>load(input(renamed, stored)))
        .containsExactly(new Renamed(1, "n"));
    assertThat(this.<List<Wider>>load(input(wider, stored).options(Map.of("columns", "id, name"))))
        .containsExactly(new Wider(1, "n", Optional.empty()));
    assertThatThrownBy(() -> load(input(wider, stored).options(Map.of("columns", "id"))))
        .hasMessageContaining("'name'");
    assertThatThrownBy(() -> load(input(wider, stored).options(Map.of("columns", "id,name,x"))))
        .hasMessageContaining("'x'");
    assertThatThrownBy(() -> load(input(generic(List.class, Required.class), stored)))
        .hasMessageContaining("table shop.orders has column 'more' of type text");
  }

  @Test
  @Tag("C51")
  void readsThePastOnlyWhereItIsThereStill() {
    var first = store("a", rows(0, 1));
    var other = store("b", rows(1, 2));
    var last = store(output("shop/orders", ROWS, "a").ofRun("later"), rows(0, 2));

    assertThat(this.<List<Row>>load(input(ROWS, last, other).past())).hasSize(3);
    assertThatThrownBy(() -> load(input(ROWS, first, other).past()))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
        .hasMessageContainingAll(
            "cannot load 'shop/orders' partition 'a' as run",
            "was overwritten by run later",
            "a table keeps no history");
    assertThat(this.<List<Row>>load(input(ROWS, first))).as("of now").hasSize(2);
  }

  @Test
  @Tag("C60")
  void givesTheConnectionBackOnEachPath() {
    var stored = store(rows(0, 1000));
    for (int i = 0; i < 20; i++) {
      try (Stream<Row> rows = load(input(STREAM, stored))) {
        assertThat(rows.findFirst()).isPresent();
      }
      try (Stream<Row> rows = load(input(STREAM, stored))) {
        assertThatThrownBy(
                () ->
                    rows.forEach(
                        row -> {
                          throw new IllegalStateException("the author's");
                        }))
            .hasMessage("the author's");
      }
    }
    assertThat(
            warehouse.query(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'stowage' AND state <> 'idle' AND pid <> pg_backend_pid()"))
        .containsExactly("0");
    assertThat(
            warehouse.query(
                "SELECT count(*) < 6 FROM pg_stat_activity WHERE application_name = 'stowage'"))
        .containsExactly("t");
  }

  @Test
  @Tag("C60")
  void zeroRowsAreNotTheSameAsNothingStored() {
    var none = store("none", List.of());
    assertThat(this.<List<Row>>load(input(ROWS, none))).isEmpty();
    assertThatThrownBy(() -> load(input(ROWS, List.of("none", "never"), none)))
        .hasMessageContaining("partition 'never'")
        .hasMessageContaining("shop.orders");
    var partly = input(ROWS, List.of("none", "never"), none).allowingMissing();
    assertThat(this.<List<Row>>load(partly)).isEmpty();
    assertThat(partly.logged()).anyMatch(line -> line.contains("never"));
  }

  @Test
  @Tag("C60")
  void aTableThatIsGoneIsAClearSentence() {
    var a = store("a", rows(0, 1));
    warehouse.execute("DROP TABLE shop.orders");
    assertThatThrownBy(() -> load(input(ROWS, a)))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
        .hasMessageContaining("'shop/orders' partition 'a'")
        .hasMessageContaining("there is no table");
    store("b", rows(0, 1));
    assertThatThrownBy(() -> load(input(ROWS, a))).hasMessageContaining("any more");
  }

  @Test
  @Tag("C60")
  void readsATableThatSomebodyElseMade() {
    warehouse.execute("CREATE SCHEMA shop");
    warehouse.execute(
        "CREATE TABLE shop.\"plain\" (select_ int, \"NAME\" varchar(20), id smallint, extra jsonb)");
    warehouse.execute("INSERT INTO shop.\"plain\" VALUES (1, 'n', 3, '{}')");
    assertThat(this.<List<Row>>load(Contexts.external(ROWS, "shop/plain")))
        .containsExactly(new Row(3, "n"));
    assertThatThrownBy(() -> load(Contexts.external(ROWS, "shop/nowhere")))
        .hasMessageContaining("there is no table");
  }

  @Test
  @Tag("C60")
  void aSingleRecordIsOneRow() {
    var stored = store(output("shop/one", Row.class), new Row(1, "one"));
    assertThat(this.<Row>load(input(Row.class, stored))).isEqualTo(new Row(1, "one"));
    var several = store(rows(0, 2));
    assertThatThrownBy(() -> load(input(Row.class, several))).hasMessageContaining("has 2 rows");
  }
}

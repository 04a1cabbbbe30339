package io.stowage.io.table;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static io.stowage.io.table.Warehouse.ROWS;
import static io.stowage.io.table.Warehouse.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.io.table.Warehouse.Row;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A record that is no longer what its table was made from. */
class TableChangesIT extends TablesUnderTest {
  record Wider(long id, String name, Optional<String> more) {}

  record Required(long id, String name, int more) {}

  record Other(long id, long name) {}

  record OnlyName(String name) {}

  @Test
  @Tag("C58")
  void addsANewColumnThatMayBeNull() {
    store("a", rows(0, 2));
    Type wider = generic(List.class, Wider.class);
    var b = store(output("shop/orders", wider, "b"), List.of(new Wider(9, "n", Optional.of("m"))));
    var a = output("shop/orders", wider, "a");
    assertThat(this.<List<Wider>>load(input(wider, a, b)))
        .extracting(Wider::more)
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of("m"));
  }

  @Test
  @Tag("C58")
  void refusesAnotherTypeOfAColumnAndANewOneThatCannotBeNull() {
    var stored = store(rows(0, 2));
    assertThatThrownBy(
            () ->
                store(
                    output("shop/orders", generic(List.class, Other.class)),
                    List.of(new Other(1, 2))))
        .hasMessageContaining("'name' of type text")
        .hasMessageContaining("bigint");
    assertThatThrownBy(
            () -> store(output("shop/orders", generic(List.class, Required.class)), List.of()))
        .hasMessageContaining("no column 'more'")
        .hasMessageContaining("integer NOT NULL");
    assertThatThrownBy(
            () -> store(output("shop/orders", generic(List.class, OnlyName.class)), List.of()))
        .hasMessageContaining("'id' of type bigint, which cannot be null");
    assertThat(this.<List<Row>>load(input(ROWS, stored))).isEqualTo(rows(0, 2));
  }
}

package io.stowage.io.table;

import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static io.stowage.io.table.Warehouse.ROWS;
import static io.stowage.io.table.Warehouse.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.fixture.Declarations;
import io.stowage.fixture.Workbench;
import io.stowage.io.table.Warehouse.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where the table of an asset is. */
class TableNamesIT extends TablesUnderTest {
  @Test
  @Tag("C57")
  void namesTableAndSchemaByTheKeyAndQuotesThem() {
    String odd = "order \"by\"; drop table x --?";
    var stored = store(output("a/shop/" + odd, ROWS), rows(0, 2));
    assertThat(warehouse.query("SELECT count(*) FROM shop.\"order \"\"by\"\"; drop table x --?\""))
        .containsExactly("2");
    assertThat(this.<List<Row>>load(input(ROWS, stored))).isEqualTo(rows(0, 2));
    assertThat(stored.added().get("table")).hasToString("Text[value=shop." + odd + "]");
  }

  @Test
  @Tag("C57")
  void takesTheSchemaOfTheSettingBeforeTheKeys() {
    var set = warehouse.manager("shop", null);
    set.handleOutput(output("elsewhere/select", ROWS), rows(0, 1));
    assertThat(warehouse.query("SELECT count(*) FROM shop.\"select\"")).containsExactly("1");
  }

  @Test
  @Tag("C57")
  void takesTheSchemaOfTheMetadataBeforeAnyInStoreAndLoad() {
    var bench = new Workbench();
    bench.managers().put("tables", tables);
    bench
        .asset("elsewhere/orders")
        .returning(List.class, Row.class)
        .storedBy("tables")
        .metadata(Map.of("schema", "shop"))
        .computed(_ -> rows(0, 3));
    bench
        .asset("elsewhere/count")
        .input(
            "orders",
            Declarations.type(List.class, Row.class),
            given -> given.of("elsewhere/orders"))
        .computed(arguments -> (long) ((List<?>) arguments[0]).size());
    assertThat(bench.run("elsewhere/orders", "elsewhere/count").succeeded()).isTrue();
    assertThat(warehouse.query("SELECT count(*) FROM shop.orders")).containsExactly("3");
  }

  @Test
  @Tag("C57")
  void refusesANameThatTheDatabaseWouldCutOff() {
    assertThatThrownBy(() -> store(output("shop/" + "é".repeat(40), ROWS), rows(0, 1)))
        .hasMessageContaining("longer than PostgreSQL's 63 bytes");
  }

  @Test
  @Tag("C59")
  void aTableOfAnotherAssetIsNotOverwritten() {
    store(rows(0, 1));
    assertThatThrownBy(() -> store(output("other/shop/orders", ROWS), rows(0, 1)))
        .hasMessageContaining("holds asset 'shop/orders'");
  }
}

package io.stowage.io.table;

import static io.stowage.fixture.Contexts.output;

import io.stowage.fixture.RecordedInput;
import io.stowage.fixture.RecordedOutput;

/** What tests of tables say often. */
abstract class TablesUnderTest {
  final Warehouse warehouse = Warehouse.open("shop", "other");
  TableIoManager tables = warehouse.manager("part");

  final RecordedOutput store(Object rows) {
    return store(output("shop/orders", Warehouse.ROWS), rows);
  }

  final RecordedOutput store(String partition, Object rows) {
    return store(output("shop/orders", Warehouse.ROWS, partition), rows);
  }

  final RecordedOutput store(RecordedOutput context, Object rows) {
    tables.handleOutput(context, rows);
    return context;
  }

  @SuppressWarnings("unchecked")
  final <T> T load(RecordedInput context) {
    return (T) tables.loadInput(context);
  }
}

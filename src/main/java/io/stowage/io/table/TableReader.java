package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.GenericType;
import io.stowage.api.InputContext;
import io.stowage.api.StowageException;
import io.stowage.io.object.InputShape;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.io.table.database.PostgresErrors;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes what an input declares of the rows of its slices, all as they were at one moment. */
final class TableReader {
  private final PostgresDatabase database;
  private final InputContext context;

  TableReader(PostgresDatabase database, InputContext context) {
    this.database = database;
    this.context = context;
  }

  @Nullable Object read(InputShape shape, TableSlices slices) {
    long start = System.nanoTime();
    PostgresDatabase.Held held = database.connect(context.cancellation());
    boolean streaming = false;
    try {
      Connection connection = held.connection();
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      LiveTable table = LiveTable.of(connection, slices.name());
      List<Slice> present = slices.present(connection, table);
      if (table == null) {
        return empty(shape); // all partitions are missing, and may be
      }
      var query = new SliceQuery(rows(table, shape.part()), present);
      SliceRows rows = new SliceRows(held, query, context.cancellation()).open();
      if (shape instanceof InputShape.Chained) {
        streaming = true;
        return rows.stream();
      }
      List<List<Object>> lists = lists(rows, present.size());
      context.addInputMetadata("rows", lists.stream().mapToLong(List::size).sum());
      context.addInputMetadata("seconds", (System.nanoTime() - start) / 1e9);
      return value(shape, present, lists);
    } catch (SQLException e) {
      throw PostgresErrors.of(
          "cannot load '" + context.asset() + "' from table " + slices.name(),
          e,
          context.cancellation());
    } finally {
      if (!streaming) {
        held.close();
      }
    }
  }

  private SliceQuery.Rows rows(LiveTable table, Type type) {
    String wanted = context.options().get("columns");
    return GenericType.isRows(type)
        ? NamedRows.of(table, wanted)
        : RowLoader.of(table, RowColumns.ofRows(type), wanted);
  }

  /** Those of each slice. */
  private static List<List<Object>> lists(SliceRows rows, int slices) {
    var lists = new ArrayList<List<Object>>();
    for (int i = 0; i < slices; i++) {
      lists.add(new ArrayList<>());
    }
    for (Object row = rows.next(); row != null; row = rows.next()) {
      lists.get(rows.slice()).add(row);
    }
    return lists;
  }

  private @Nullable Object value(InputShape shape, List<Slice> slices, List<List<Object>> lists) {
    if (shape instanceof InputShape.ByPartition) {
      var values = new LinkedHashMap<String, @Nullable Object>();
      for (int i = 0; i < lists.size(); i++) {
        values.put(slices.get(i).partition(), part(shape.part(), lists.get(i)));
      }
      return values;
    }
    if (lists.isEmpty() && shape instanceof InputShape.Single) {
      return null;
    }
    return part(
        shape.part(),
        lists.size() == 1 ? lists.getFirst() : lists.stream().flatMap(List::stream).toList());
  }

  private static @Nullable Object empty(InputShape shape) {
    return switch (shape) {
      case InputShape.Single _ -> null;
      case InputShape.ByPartition _ -> new LinkedHashMap<String, Object>();
      case InputShape.Concatenated _ -> List.of();
      case InputShape.Chained _ -> Stream.empty();
    };
  }

  /** The rows themselves, or the only one. */
  private @Nullable Object part(Type type, List<Object> loaded) {
    Class<?> raw = InputShape.raw(type);
    if (InputShape.isList(raw)) {
      return loaded;
    }
    if (!raw.isRecord() || loaded.size() > 1) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "input '%s' is a %s, but '%s' has %d rows: take a List or a Stream of records"
              .formatted(context.inputName(), raw.getSimpleName(), context.asset(), loaded.size()));
    }
    return loaded.isEmpty() ? null : loaded.getFirst();
  }
}

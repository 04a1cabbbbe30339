package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.StowageException;
import io.stowage.io.object.InputShape;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes what an input declares of the rows of its slices, all as they were at one moment. */
final class TableReader {
  private final PostgresDatabase database;
  private final InputContext context;
  private final RowColumns columns;
  private final int fetchSize;
  private long rows;

  TableReader(PostgresDatabase database, InputContext context, RowColumns columns, int fetchSize) {
    this.database = database;
    this.context = context;
    this.columns = columns;
    this.fetchSize = fetchSize;
  }

  @Nullable Object read(InputShape shape, TableSlices slices, List<Slice> wanted) {
    long start = System.nanoTime();
    PostgresDatabase.Held held = database.connect();
    boolean streaming = false;
    try {
      Connection connection = held.connection();
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      LiveTable table = LiveTable.of(connection, slices.name());
      List<Slice> present = slices.present(connection, table, wanted);
      if (table == null) {
        return empty(shape); // all partitions are missing, and may be
      }
      RowLoader loader = RowLoader.of(table, columns, context.options().get("columns"));
      if (shape instanceof InputShape.Chained) {
        streaming = true;
        return cursor(held, loader, present).stream();
      }
      Object value = value(shape, present, held, loader);
      context.addInputMetadata("rows", rows);
      context.addInputMetadata("seconds", (System.nanoTime() - start) / 1e9);
      return value;
    } catch (SQLException e) {
      throw PostgresErrors.of(
          "cannot load '" + context.asset() + "' from table " + slices.name(), e);
    } finally {
      if (!streaming) {
        held.close();
      }
    }
  }

  private @Nullable Object value(
      InputShape shape, List<Slice> slices, PostgresDatabase.Held held, RowLoader loader) {
    if (shape instanceof InputShape.ByPartition) {
      var values = new LinkedHashMap<String, @Nullable Object>();
      for (Slice slice : slices) {
        values.put(slice.partition(), part(shape.part(), list(held, loader, List.of(slice))));
      }
      return values;
    }
    if (slices.isEmpty() && shape instanceof InputShape.Single) {
      return null;
    }
    return part(shape.part(), list(held, loader, slices));
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

  private SliceRows cursor(PostgresDatabase.Held held, RowLoader loader, List<Slice> slices) {
    return new SliceRows(held, loader, slices, fetchSize, context.cancellation());
  }

  /** On a connection that stays open. */
  private List<Object> list(PostgresDatabase.Held held, RowLoader loader, List<Slice> slices) {
    List<Object> loaded = cursor(held.lent(), loader, slices).list();
    rows += loaded.size();
    return loaded;
  }
}

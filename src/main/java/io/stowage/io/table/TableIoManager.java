package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.IoManager;
import io.stowage.api.Materialization;
import io.stowage.api.OutputContext;
import io.stowage.api.Retention;
import io.stowage.api.SchemaDifference;
import io.stowage.api.SchemaGuard;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.Sweepable;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.io.object.InputShape;
import io.stowage.io.object.RowCount;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.io.table.database.PostgresErrors;
import java.lang.reflect.Type;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores lists and streams of records, or a single record, as rows of a table, and loads them.
 *
 * <p><b>The table</b> is named by the last component of the asset's key, of an op's output by the
 * output. Its schema is the asset's metadata {@code schema}, else the setting, else the component
 * before, else {@code public}. A table is of one asset: another that comes to the same name is
 * refused when it is stored.
 *
 * <p><b>Columns</b> are made from the record: whole numbers, {@code double}, {@code boolean}, text,
 * enums (by name), {@code BigDecimal}, dates and times, UUIDs, bytes; what has no column of its own
 * type is text, as a URI or a duration. Lists, sets and arrays of these are arrays; records, maps,
 * sealed interfaces and lists of them are {@code jsonb}. An {@code Optional} or {@code @Nullable}
 * component may be null. Times are kept to the microsecond, what is finer is cut off. A column that
 * may be null is added by itself, one that the record lost is kept and null in new rows; any other
 * change is refused, before the asset is computed unless its policy is {@code NONE}.
 *
 * <p><b>A partition</b> is the rows whose column, named by the option {@code partitionColumn} or
 * the setting, is the partition's key; if that is a component of the record and a date or a time,
 * and the partition one of time, those from the window's start to before its end. Where the record
 * has no component of that name, the column is filled here; where it has, a record of another
 * partition is refused. An op's output is the rows of its run, told by columns {@code stowage_run},
 * {@code stowage_key} of a dynamic output, and {@code stowage_partition} where no column is named.
 *
 * <p><b>Storing</b> replaces the rows of the partition, or of the whole table, in one transaction.
 * A run that comes after a newer one ends as superseded.
 *
 * <p><b>Loading</b> takes the columns that the record has; the input's option {@code columns} names
 * fewer. All partitions are one statement, their rows in the partitions' order; within one they
 * have none.
 *
 * <p><b>Removing.</b> A sweep removes the rows of ops' runs beyond the retention. Of an asset there
 * is nothing that was replaced.
 */
public final class TableIoManager implements IoManager, SchemaGuard, Sweepable {
  private final PostgresDatabase database;
  private final TableSettings settings;
  private final OpRows opRows;

  public TableIoManager(PostgresDatabase database, TableSettings settings) {
    this.database = database;
    this.settings = settings;
    this.opRows = new OpRows(database);
  }

  /** Whether a table can hold values of the type. */
  static boolean takes(Type type) {
    try {
      RowColumns.ofRows(type);
      return true;
    } catch (StowageException e) {
      return false;
    }
  }

  @Override
  public void handleOutput(OutputContext context, @Nullable Object value) {
    RowColumns columns = RowColumns.ofRows(context.type());
    TablePlace place = TablePlace.of(context, settings);
    RowCount rows = rows(context, value);
    long start = System.nanoTime();
    long count;
    try (var held = database.connect(context.cancellation())) {
      count = new SliceWriter(held.connection(), context, place, columns).write(rows);
    } catch (SQLException e) {
      throw PostgresErrors.of(
          "cannot store "
              + TableSlices.named(context.asset(), place.slice())
              + " in table "
              + place.name(),
          e,
          context.cancellation());
    }
    URI location = location(place);
    context.addOutputMetadata("rows", count);
    context.addOutputMetadata("table", place.name().toString());
    context.addOutputMetadata("uri", location);
    context.addOutputMetadata("schema", MetadataValue.tableSchema(columns.schema()));
    context.addOutputMetadata("seconds", (System.nanoTime() - start) / 1e9);
    context.stored(new StoredObject(location, null, null, -1, count, columns.fingerprint()));
  }

  private URI location(TablePlace place) {
    return database.location(place.name().schema(), place.name().table());
  }

  /** The table itself says what is there, whatever was recorded. */
  @Override
  public SchemaDifference difference(OutputContext context, Materialization last)
      throws SQLException {
    if (!takes(context.type())) {
      return SchemaDifference.NONE;
    }
    TablePlace place = TablePlace.of(context, settings);
    try (var held = database.connect(context.cancellation())) {
      LiveTable table = LiveTable.of(held.connection(), place.name());
      if (table == null) {
        return SchemaDifference.NONE;
      }
      Set<String> former =
          last.metadata().get("schema") instanceof MetadataValue.TableSchema schema
              ? schema.columns().keySet()
              : Set.of();
      return new TableDefinition(place, RowColumns.ofRows(context.type()))
          .difference(table, former);
    } catch (SQLException e) {
      throw PostgresErrors.of("cannot look at table " + place.name(), e, context.cancellation());
    }
  }

  private static RowCount rows(OutputContext context, @Nullable Object value) {
    boolean single = InputShape.raw(context.type()).isRecord();
    if (value == null && !single) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH, "a table has no form for null in place of rows");
    }
    if (value == null) {
      return RowCount.of(context, List.of());
    }
    return RowCount.of(context, single ? List.of(value) : value);
  }

  @Override
  public @Nullable Object loadInput(InputContext context) {
    TablePlace place = TablePlace.of(context, settings);
    var slices = new TableSlices(context, place, location(place));
    context.addInputMetadata("table", place.name().toString());
    return new TableReader(database, context).read(InputShape.of(context), slices);
  }

  @Override
  public Retention retention() {
    return new Retention(settings.retention().keep(), settings.retention().age());
  }

  @Override
  public boolean owns(Materialization materialization) {
    return opRows.table(materialization).isPresent();
  }

  @Override
  public boolean remove(Materialization materialization) {
    return opRows.remove(materialization);
  }

  @Override
  public boolean loadsRows() {
    return true;
  }
}

package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.IoManager;
import io.stowage.api.OutputContext;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.io.object.InputShape;
import io.stowage.io.object.RowCount;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores lists and streams of records, or a single record, as rows of a table, and loads them.
 *
 * <p><b>The table</b> is named by the last component of the asset's key. Its schema is the asset's
 * metadata {@code schema}, else the setting, else the component before, else {@code public}. It is
 * made from the record: whole numbers, {@code double}, {@code boolean}, text, enums (by name),
 * {@code BigDecimal}, dates and times, UUIDs, bytes; what has no column of its own type is text, as
 * a URI or a duration; an {@code Optional} or {@code @Nullable} component may be null. Lists, maps
 * and records in records are refused. Times are kept to the microsecond. A column that may be null
 * is added by itself; any other change is refused.
 *
 * <p><b>A partition</b> is the rows whose column, named by the option {@code partitionColumn} or
 * the setting, is the partition's key. Where the record has no component of that name, the column
 * is filled here; where it has, a record of another partition is refused.
 *
 * <p><b>Storing</b> replaces the rows of the partition, or of the whole table, in one transaction.
 * A run that comes after a newer one ends as superseded.
 *
 * <p><b>Loading</b> takes the columns that the record has; the input's option {@code columns} names
 * fewer. Rows have no order within a partition.
 */
public final class TableIoManager implements IoManager {
  private static final String PARTITION_COLUMN = "partitionColumn";

  private final PostgresDatabase database;
  private final TableSettings settings;

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where a setting cannot be
   */
  public TableIoManager(PostgresDatabase database, TableSettings settings) {
    this.database = database;
    this.settings = settings;
    if (settings.fetchSize() < 1) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "fetch-size is " + settings.fetchSize() + ", but a cursor fetches at least one row");
    }
  }

  /** Whether a table can hold values of the type. */
  static boolean takes(Type type) {
    try {
      columns(type);
      return true;
    } catch (StowageException e) {
      return false;
    }
  }

  /** Of a record, or of what holds several of them: a list, a stream, a map by partition. */
  private static RowColumns columns(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = InputShape.raw(generic);
      Type[] arguments = generic.getActualTypeArguments();
      if (raw == Map.class && InputShape.raw(arguments[1]) != Map.class) {
        return columns(arguments[1]);
      }
      if (raw == Stream.class || InputShape.isList(raw)) {
        return RowColumns.of(InputShape.raw(arguments[0]));
      }
    }
    return RowColumns.of(InputShape.raw(type));
  }

  @Override
  public void handleOutput(OutputContext context, @Nullable Object value) {
    RowColumns columns = columns(context.type());
    Slice slice =
        context.partitioned()
            ? Slice.of(
                context.asset(),
                context.partition(),
                partitionColumn(context.options(), context.definitionMetadata()))
            : Slice.WHOLE;
    TableName name = TableName.of(context.asset(), context.definitionMetadata(), settings.schema());
    RowCount rows = rows(context, value);
    long start = System.nanoTime();
    long count;
    try (var held = database.connect()) {
      count = new SliceWriter(held.connection(), context, name, columns, slice).write(rows);
    } catch (SQLException e) {
      throw PostgresErrors.of(
          "cannot store " + TableSlices.named(context.asset(), slice) + " in table " + name, e);
    }
    context.addOutputMetadata("rows", count);
    context.addOutputMetadata("table", name.toString());
    context.addOutputMetadata("uri", database.location(name));
    context.addOutputMetadata("schema", MetadataValue.tableSchema(columns.schema()));
    context.addOutputMetadata("seconds", (System.nanoTime() - start) / 1e9);
    context.stored(
        new StoredObject(database.location(name), null, null, -1, count, columns.fingerprint()));
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

  private Optional<String> partitionColumn(
      Map<String, String> options, Map<String, String> metadata) {
    return Optional.ofNullable(options.get(PARTITION_COLUMN))
        .or(() -> Optional.ofNullable(metadata.get(PARTITION_COLUMN)))
        .or(settings::partitionColumn);
  }

  @Override
  public @Nullable Object loadInput(InputContext context) {
    var shape = InputShape.of(context);
    RowColumns columns = columns(shape.part());
    var upstream = context.upstreamOutput();
    TableName name =
        TableName.of(context.asset(), upstream.definitionMetadata(), settings.schema());
    var slices = new TableSlices(context, name, database.location(name));
    List<Slice> wanted =
        slices.wanted(partitionColumn(upstream.options(), upstream.definitionMetadata()));
    context.addInputMetadata("table", name.toString());
    return new TableReader(database, context, columns, settings.fetchSize())
        .read(shape, slices, wanted);
  }
}

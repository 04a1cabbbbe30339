package io.stowage.io.table;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.TimeWindow;
import io.stowage.io.table.column.ColumnType;
import io.stowage.io.table.column.SqlType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * What a column of a table must be in all rows of a slice, by its type.
 *
 * @param bounds the one value, or the first one of a range and the first behind it
 */
record SlicePart(Slice.Part part, ColumnType type, List<Object> bounds) {
  /**
   * @throws StowageException {@code BAD_DATA} where the table has no such column, or no key can be
   *     its value
   */
  static SlicePart of(Slice.Part part, LiveTable table) {
    LiveTable.Column column = table.columns().get(part.column());
    ColumnType type = column == null ? null : column.type();
    if (column == null || type == null) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          column == null
              ? "table %s has no column '%s' to tell its partitions by"
                  .formatted(table.name(), part.column())
              : "table %s tells its partitions by column '%s' of type %s, which keys cannot be"
                  .formatted(table.name(), part.column(), column.sql()));
    }
    TimeWindow window = part.window();
    try {
      return window != null && type.isOfTime()
          ? new SlicePart(
              part,
              type,
              List.of(
                  bound(type.element(), window.startsAt()), bound(type.element(), window.endsAt())))
          : new SlicePart(part, type, List.of(type.parse(part.value())));
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "column '%s' of table %s cannot tell partition '%s': %s; name a column that the record does not have"
              .formatted(part.column(), table.name(), part.value(), e.getMessage()),
          e);
    }
  }

  /** Of days those that begin in the window; times without a zone are of the window's. */
  private static Object bound(SqlType type, ZonedDateTime time) {
    return switch (type) {
      case DATE -> {
        LocalDate day = time.toLocalDate();
        yield day.atStartOfDay(time.getZone()).isBefore(time) ? day.plusDays(1) : day;
      }
      case TIMESTAMP -> time.toLocalDateTime();
      default -> time.toInstant();
    };
  }

  private boolean isRange() {
    return bounds.size() == 2;
  }

  /** The condition, with the bounds as they are. */
  String condition() {
    return condition(TableName.literal(bounds.getFirst()), TableName.literal(bounds.getLast()));
  }

  /** The condition, with bounds that stand elsewhere in the statement. */
  String condition(String first, String last) {
    String column = TableName.quoted(part.column());
    return isRange()
        ? column + " >= " + first + " AND " + column + " < " + last
        : column + " = " + first;
  }

  /** Whether a row may hold the value. */
  boolean admits(Object value) {
    if (!isRange()) {
      return value.toString().equals(bounds.getFirst().toString());
    }
    return switch (value) {
      case Instant time -> isWithin(time);
      case LocalDate day -> isWithin(day.atStartOfDay());
      case LocalDateTime time -> isWithin(time);
      default -> false;
    };
  }

  private boolean isWithin(Instant time) {
    return !time.isBefore((Instant) bounds.getFirst()) && time.isBefore((Instant) bounds.getLast());
  }

  private boolean isWithin(LocalDateTime time) {
    return !time.isBefore(local(bounds.getFirst())) && time.isBefore(local(bounds.getLast()));
  }

  private static LocalDateTime local(Object bound) {
    return bound instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) bound;
  }

  /** The value that fills the column where the record has none: the key itself. */
  Object filling() {
    try {
      return isRange() ? type.parse(part.value()) : bounds.getFirst();
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "column '%s' tells partitions by their times, but the record has no such component to take them from: add it, or name another column"
              .formatted(part.column()),
          e);
    }
  }

  @Override
  public String toString() {
    return "'%s'%s"
        .formatted(
            part.value(),
            isRange() ? ", from " + bounds.getFirst() + " to before " + bounds.getLast() : "");
  }
}

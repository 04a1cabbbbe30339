package io.stowage.io.table.column;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column: one of those that are known, or an array of it, whose values are lists.
 *
 * @param element of an array, else of the column itself
 */
public record ColumnType(SqlType element, boolean array) {
  /** The type of columns that are filled with the key of a partition. */
  public static final ColumnType KEY = of(SqlType.TEXT);

  public static ColumnType of(SqlType type) {
    return new ColumnType(type, false);
  }

  /** The type whose name in the catalog is that; null for one that is not known here. */
  public static @Nullable ColumnType named(String typname) {
    boolean array = typname.startsWith("_");
    SqlType element = SqlType.named(array ? typname.substring(1) : typname);
    return element == null ? null : new ColumnType(element, array);
  }

  /** As it stands in a statement, and as the database itself calls it. */
  public String sql() {
    return element.sql() + (array ? "[]" : "");
  }

  /** Whether every value of this type is one of the other as well, and the kind of both is one. */
  public boolean fitsInto(ColumnType column) {
    return array == column.array && element.fitsInto(column.element);
  }

  /** Whether a window of time is a range of its values. */
  public boolean isOfTime() {
    return !array && element.isOfTime();
  }

  /**
   * The field that the row stands at.
   *
   * @throws IllegalArgumentException for a value that no Java value is
   */
  public Object read(CopyRow row) {
    return array ? list(row) : element.read(row);
  }

  private List<@Nullable Object> list(CopyRow row) {
    int dimensions = row.int4();
    row.int4(); // whether there are nulls
    row.int4(); // the elements' type
    if (dimensions == 0) {
      return List.of();
    }
    if (dimensions > 1) {
      throw new IllegalArgumentException(
          "it is an array of " + dimensions + " dimensions, and a list has one");
    }
    int size = row.int4();
    row.int4(); // the first index
    var list = new ArrayList<@Nullable Object>(size);
    for (int i = 0; i < size; i++) {
      list.add(row.next() ? element.read(row) : null);
    }
    return list;
  }

  /** As {@link #read}, for a reader who knows no class: JSON is text then. */
  public Object readPlain(CopyRow row) {
    return array
        ? list(row).stream().map(each -> each == null ? null : element.plain(each)).toList()
        : element.plain(element.read(row));
  }

  /**
   * @throws IllegalArgumentException for a value that PostgreSQL has not
   */
  public void write(CopyBuffer out, Object value) {
    if (array) {
      out.array(element, (List<?>) value);
    } else {
      element.write(out, value);
    }
  }

  /**
   * The value that the text is the only spelling of, as a partition's key must be.
   *
   * @throws IllegalArgumentException where there is none
   */
  public Object parse(String text) {
    if (array) {
      throw new IllegalArgumentException("a key is no value of type " + sql());
    }
    return element.parse(text);
  }
}

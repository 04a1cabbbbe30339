package io.stowage.io.object;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a format knows about the value that it has written. Immutable.
 *
 * @param rows how many, or -1 where the value does not consist of rows
 * @param fingerprint of the schema that was written with; null where there is none
 * @param columns the schema's columns and their types, in order; empty where the value has no
 *     columns
 * @param metadata further labels of the materialization
 */
public record Written(
    long rows,
    @Nullable String fingerprint,
    Map<String, String> columns,
    Map<String, Object> metadata) {

  /** A value that does not consist of rows. */
  public static Written datum() {
    return rows(-1);
  }

  public static Written rows(long count) {
    return new Written(count, null, Map.of(), Map.of());
  }

  public Written schema(@Nullable String fingerprint, Map<String, String> columns) {
    return new Written(rows, fingerprint, columns, metadata);
  }

  public Written with(String label, Object value) {
    var more = new LinkedHashMap<>(metadata);
    more.put(label, value);
    return new Written(rows, fingerprint, columns, more);
  }
}

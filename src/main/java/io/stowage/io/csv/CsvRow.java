package io.stowage.io.csv;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a row.
 *
 * @param line where it begins, from 1
 * @param fields null where there is nothing between the separators, not even quotes
 */
record CsvRow(long line, List<@Nullable String> fields) {
  /** Whether it is an empty line. */
  boolean isBlank() {
    return fields.size() == 1 && fields.getFirst() == null;
  }

  @Override
  public String toString() {
    return fields.stream()
        .map(field -> field == null ? "" : field)
        .collect(Collectors.joining(","));
  }
}

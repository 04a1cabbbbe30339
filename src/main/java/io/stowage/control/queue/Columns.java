package io.stowage.control.queue;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows as the arrays that {@code unnest} takes: one array for each column. */
record Columns<T>(List<T> rows) {
  UUID[] uuids(Function<T, @Nullable UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }

  String[] texts(Function<T, @Nullable String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  Long[] longs(ToLongFunction<T> column) {
    return rows.stream().map(column::applyAsLong).toArray(Long[]::new);
  }

  Long[] longsOrNull(Function<T, @Nullable Long> column) {
    return rows.stream().map(column).toArray(Long[]::new);
  }

  Integer[] ints(ToIntFunction<T> column) {
    return rows.stream().map(column::applyAsInt).toArray(Integer[]::new);
  }

  Short[] shorts(ToIntFunction<T> column) {
    return rows.stream().map(row -> (short) column.applyAsInt(row)).toArray(Short[]::new);
  }

  Boolean[] booleans(Function<T, Boolean> column) {
    return rows.stream().map(column).toArray(Boolean[]::new);
  }

  OffsetDateTime[] times(Function<T, @Nullable Instant> column) {
    return rows.stream().map(row -> utc(column.apply(row))).toArray(OffsetDateTime[]::new);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}

package io.stowage.control.database;

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
public record Columns<T>(List<T> rows) {
  public UUID[] uuids(Function<T, @Nullable UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }

  public String[] texts(Function<T, @Nullable String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  public Long[] longs(ToLongFunction<T> column) {
    return rows.stream().map(column::applyAsLong).toArray(Long[]::new);
  }

  public Long[] longsOrNull(Function<T, @Nullable Long> column) {
    return rows.stream().map(column).toArray(Long[]::new);
  }

  public Integer[] ints(ToIntFunction<T> column) {
    return rows.stream().map(column::applyAsInt).toArray(Integer[]::new);
  }

  public Short[] shorts(ToIntFunction<T> column) {
    return rows.stream().map(row -> (short) column.applyAsInt(row)).toArray(Short[]::new);
  }

  public Boolean[] booleans(Function<T, Boolean> column) {
    return rows.stream().map(column).toArray(Boolean[]::new);
  }

  public OffsetDateTime[] times(Function<T, @Nullable Instant> column) {
    return rows.stream().map(row -> utc(column.apply(row))).toArray(OffsetDateTime[]::new);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}

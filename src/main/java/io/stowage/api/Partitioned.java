package io.stowage.api;

import io.stowage.api.partition.PartitionKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row, and the partition that it belongs to: what a method returns a stream of that computes a
 * range of partitions, see {@link io.stowage.api.partition.BackfillPolicy}. Immutable.
 *
 * <p>The rows of one partition follow one another; the partitions come in any order. Each is stored
 * while its rows are computed, and committed when a row of the next one comes, so that no more than
 * some hundred rows are held. A partition of which there are no rows says so by {@link #empty}.
 *
 * @param <T> the row
 */
public final class Partitioned<T> {
  private final String partition;
  private final @Nullable T row;

  private Partitioned(String partition, @Nullable T row) {
    this.partition = partition;
    this.row = row;
  }

  public static <T> Partitioned<T> of(PartitionKey partition, T row) {
    return of(partition.text(), row);
  }

  /**
   * @param partition its key as text
   */
  public static <T> Partitioned<T> of(String partition, T row) {
    return new Partitioned<>(
        partition, Objects.requireNonNull(row, "a row of a partition is null"));
  }

  /** Says that the partition is there, with no rows or no further ones. */
  public static <T> Partitioned<T> empty(PartitionKey partition) {
    return empty(partition.text());
  }

  /**
   * As {@link #empty(PartitionKey)}.
   *
   * @param partition its key as text
   */
  public static <T> Partitioned<T> empty(String partition) {
    return new Partitioned<>(partition, null);
  }

  /** The key as text. */
  public String partition() {
    return partition;
  }

  /** Null of {@link #empty}. */
  public @Nullable T row() {
    return row;
  }

  @Override
  public String toString() {
    return partition + ": " + row;
  }
}

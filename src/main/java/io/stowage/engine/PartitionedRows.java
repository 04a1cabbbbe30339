package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.api.Partitioned;
import io.stowage.api.StowageException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows of several partitions, pulled one partition after the other. */
final class PartitionedRows {
  private final Iterator<?> rows;
  private @Nullable Partitioned<?> head;

  PartitionedRows(Iterator<?> rows) {
    this.rows = rows;
    advance();
  }

  private void advance() {
    if (!rows.hasNext()) {
      head = null;
    } else if (rows.next() instanceof Partitioned<?> row) {
      head = row;
    } else {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "a stream over several partitions has rows that do not say their partition: return Partitioned.of(partition, row)");
    }
  }

  /** The partition of the next row; empty at the end. */
  Optional<String> partition() {
    return Optional.ofNullable(head).map(Partitioned::partition);
  }

  /** The rows up to the first one of another partition. */
  Stream<Object> of(String partition) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new OfPartition(partition), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /** Passes over what is left of the partition. */
  void pass(String partition) {
    while (partition().filter(partition::equals).isPresent()) {
      advance();
    }
  }

  private final class OfPartition implements Iterator<Object> {
    private final String partition;

    OfPartition(String partition) {
      this.partition = partition;
    }

    @Override
    public boolean hasNext() {
      return row() != null;
    }

    @Override
    public Object next() {
      Object row = row();
      if (row == null) {
        throw new NoSuchElementException("partition '" + partition + "' has no further row");
      }
      advance();
      return row;
    }

    /** The next row, past those that only say that the partition is there. */
    private @Nullable Object row() {
      while (head != null && head.partition().equals(partition)) {
        Object row = head.row();
        if (row != null) {
          return row;
        }
        advance();
      }
      return null;
    }
  }
}

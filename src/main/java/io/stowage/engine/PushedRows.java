package io.stowage.engine;

import io.stowage.api.ErrorCode;
import io.stowage.api.Partitioned;
import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pulls the rows of a stream while a thread of its own pushes them, some hundred ahead at the most.
 * A stream's own iterator would hold all rows of a partition at once where the author's stream is
 * made by {@code flatMap}, which is the natural way to write one over several partitions.
 *
 * <p>What the stream throws is thrown by {@link #hasNext}. Used by one thread.
 */
final class PushedRows implements Iterator<@Nullable Object>, AutoCloseable {
  private static final int BATCH = 256;

  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(2);
  private final Thread pusher;
  private volatile boolean closed;
  private Iterator<@Nullable Object> rows = Collections.emptyIterator();
  private @Nullable Batch last;

  /**
   * @param failure what the stream threw after these rows
   */
  private record Batch(List<@Nullable Object> rows, boolean isLast, @Nullable Throwable failure) {}

  PushedRows(Stream<?> stream) {
    pusher = Thread.ofVirtual().name("rows").start(new Pusher(stream));
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext() && last == null) {
      Batch batch = taken();
      rows = batch.rows.iterator();
      if (batch.isLast) {
        last = batch;
      }
    }
    if (!rows.hasNext() && last != null) {
      switch (last.failure) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> {}
      }
    }
    return rows.hasNext();
  }

  private Batch taken() {
    try {
      return batches.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StowageException(ErrorCode.CANCELED, "interrupted while rows were computed", e);
    }
  }

  @Override
  public @Nullable Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  /** Ends the pushing, and waits for it: the stream is at rest then, and may be closed. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (pusher.isAlive()) {
      batches.clear();
      pusher.interrupt();
      try {
        pusher.join(100);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Pusher implements Runnable {
    private final Stream<?> stream;
    private List<@Nullable Object> batch = new ArrayList<>(BATCH);
    private @Nullable String partition;

    Pusher(Stream<?> stream) {
      this.stream = stream;
    }

    @Override
    public void run() {
      @Nullable Throwable failure = null;
      try {
        stream.sequential().forEach(this::add);
      } catch (Throwable e) {
        failure = e;
      }
      try {
        push(new Batch(batch, true, failure));
      } catch (CancellationException e) {
        // Nobody waits for the end.
      }
    }

    /** A batch ends with the first row of a partition, by which the one before is known to end. */
    private void add(@Nullable Object row) {
      refuseClosed();
      batch.add(row);
      String before = partition;
      partition = row instanceof Partitioned<?> of ? of.partition() : null;
      if (batch.size() >= BATCH || (before != null && !before.equals(partition))) {
        push(new Batch(batch, false, null));
        batch = new ArrayList<>(BATCH);
      }
    }

    private void push(Batch full) {
      refuseClosed();
      try {
        batches.put(full);
      } catch (InterruptedException e) {
        throw new CancellationException("the rows are wanted no more");
      }
    }

    private void refuseClosed() {
      if (closed) {
        throw new CancellationException("the rows are wanted no more");
      }
    }
  }
}

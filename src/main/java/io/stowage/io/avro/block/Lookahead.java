package io.stowage.io.avro.block;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of work that are done side by side, and taken in the order in which they were given. Each
 * has a virtual thread of its own, so that nothing stays behind when there is no more to do, and
 * the processors bound what is done at once. Whoever takes a piece that nobody has begun does it
 * itself: a single piece needs no thread. For one thread.
 */
final class Lookahead<T> implements AutoCloseable {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** More of them would take memory, and find little more of a file to be quick with. */
  private static final int MOST = 9;

  private record Piece<T>(FutureTask<T> task, @Nullable Thread thread) {}

  private final Deque<Piece<T>> pieces = new ArrayDeque<>();

  /** Whether there are as many as make sense; on one processor, a single one. */
  boolean isFull() {
    return pieces.size() >= (PROCESSORS == 1 ? 1 : Math.min(PROCESSORS + 1, MOST));
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** Adds what is done at the latest when it is taken. */
  void add(Callable<T> work) {
    pieces.add(new Piece<>(new FutureTask<>(work), null));
  }

  /** Adds what is begun at once, where there is a processor for it. */
  void begin(Callable<T> work) {
    var task = new FutureTask<>(work);
    pieces.add(new Piece<>(task, PROCESSORS == 1 ? null : Thread.startVirtualThread(task)));
  }

  /**
   * The result of the first piece.
   *
   * @throws IOException as the work throws it; unchecked exceptions and errors as well
   * @throws InterruptedException while it was waited for
   */
  T take() throws IOException, InterruptedException {
    FutureTask<T> first = pieces.remove().task;
    first.run();
    try {
      return first.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Drops what was not begun, and waits for the end of what was. */
  @Override
  public void close() {
    pieces.forEach(piece -> piece.task.cancel(false));
    boolean interrupted = false;
    while (!pieces.isEmpty()) {
      Thread thread = pieces.element().thread;
      try {
        if (thread != null) {
          thread.join();
        }
        pieces.remove();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

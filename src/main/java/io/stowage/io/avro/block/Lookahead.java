package io.stowage.io.avro.block;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Pieces of work that are done side by side, and taken in the order in which they were given. A
 * virtual thread for each further processor does what was given, and ends when there is no more.
 * Whoever takes a piece does it itself where nobody has begun it, and where somebody has, does
 * others meanwhile rather than wait: a single piece needs no thread. For one thread.
 */
final class Lookahead<T> implements AutoCloseable {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /**
   * Twice the processors, 8 to 16: fewer leave who takes them with nothing else to do, more take
   * memory. On one processor nothing is gained by more than a single one.
   */
  private static final int MOST = PROCESSORS == 1 ? 1 : Math.clamp(2L * PROCESSORS, 8, 16);

  private final Deque<FutureTask<T>> pieces = new ArrayDeque<>();
  private final Queue<FutureTask<T>> shared = new ConcurrentLinkedQueue<>();
  private final Deque<Thread> helpers = new ArrayDeque<>();

  /** Whether there are as many as make sense. */
  boolean isFull() {
    return pieces.size() >= MOST;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** Adds what is done when it is taken. */
  void add(Callable<T> work) {
    pieces.add(new FutureTask<>(work));
  }

  /** Adds what is begun at once, where there is a processor for it. */
  void begin(Callable<T> work) {
    var piece = new FutureTask<>(work);
    pieces.add(piece);
    shared.add(piece);
    helpers.removeIf(helper -> !helper.isAlive());
    if (helpers.size() < PROCESSORS - 1) {
      helpers.add(Thread.startVirtualThread(this::help));
    }
  }

  /** A piece that is added while this ends waits for the next helper, or for who takes it. */
  private void help() {
    for (var piece = shared.poll(); piece != null; piece = shared.poll()) {
      piece.run();
    }
  }

  /**
   * The result of the first piece.
   *
   * @throws IOException as the work throws it; unchecked exceptions and errors as well
   * @throws InterruptedException while it was waited for
   */
  T take() throws IOException, InterruptedException {
    FutureTask<T> first = pieces.remove();
    shared.remove(first);
    first.run(); // does nothing where it was begun
    while (!first.isDone()) {
      FutureTask<T> other = shared.poll();
      if (other == null) {
        break;
      }
      other.run();
    }
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
    pieces.forEach(piece -> piece.cancel(false));
    pieces.clear();
    shared.clear();
    boolean interrupted = false;
    while (!helpers.isEmpty()) {
      try {
        helpers.element().join();
        helpers.remove();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.stowage.control;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Something that is read on a thread of its own, while who asked for it does something else. */
final class Meanwhile<T> {
  private final FutureTask<T> task;

  private Meanwhile(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Meanwhile<T> begin(Supplier<T> work) {
    var task = new FutureTask<>(work::get);
    Thread.startVirtualThread(task);
    return new Meanwhile<>(task);
  }

  /**
   * Waits for it.
   *
   * @throws RuntimeException what the work threw
   */
  T result() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StowageException(ErrorCode.CANCELED, "the thread was interrupted", e);
    }
  }
}

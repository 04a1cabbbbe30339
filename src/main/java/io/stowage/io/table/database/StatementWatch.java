package io.stowage.io.table.database;

import io.stowage.api.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Cancels the statement that a connection is at when the step is to stop: one that the database
 * works at for long cannot look for itself.
 */
final class StatementWatch implements AutoCloseable {
  private static final long MILLIS_BETWEEN_LOOKS = 100;

  private final Connection connection;
  private final Cancellation cancellation;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean canceled;

  private StatementWatch(Connection connection, Cancellation cancellation) {
    this.connection = connection;
    this.cancellation = cancellation;
    this.thread = Thread.ofVirtual().name("stowage-table-watch").unstarted(this::watch);
  }

  static StatementWatch of(Connection connection, Cancellation cancellation) {
    var watch = new StatementWatch(connection, cancellation);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      // Again and again, since there may be no statement just then.
      while (!ended.await(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
        if (cancellation.requested()) {
          canceled = true;
          connection.unwrap(PGConnection.class).cancelQuery();
        }
      }
    } catch (InterruptedException | SQLException e) {
      // Without a watch the statement goes on, and its rows are looked at.
    }
  }

  /** Whether a statement was canceled, so that the next one might be too. */
  boolean hasCanceled() {
    return canceled;
  }

  /** After it nothing is canceled any more. */
  @Override
  public void close() {
    ended.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

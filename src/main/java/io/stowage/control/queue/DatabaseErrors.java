package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the PostgreSQL driver throws, in our words. */
final class DatabaseErrors {
  /**
   * Classes of SQL states that pass: connection, resources, operator intervention, serialization,
   * system.
   */
  private static final Set<String> PASSING = Set.of("08", "53", "57", "40", "58");

  private DatabaseErrors() {}

  static RuntimeException translated(RuntimeException thrown) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused) {
        return refused(refused, thrown);
      }
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof io.vertx.core.VertxException) {
        return new StowageException(
            ErrorCode.UNAVAILABLE, "the database does not answer: " + cause.getMessage(), thrown);
      }
    }
    return thrown;
  }

  private static StowageException refused(PgException refused, RuntimeException thrown) {
    String state = String.valueOf(refused.getSqlState());
    if (state.equals("3F000") || state.equals("42P01")) {
      return new StowageException(
          ErrorCode.UNAVAILABLE,
          "the database has no schema of this version: run `stowage migrate`",
          thrown);
    }
    if (state.length() == 5 && PASSING.contains(state.substring(0, 2))) {
      return new StowageException(
          ErrorCode.UNAVAILABLE,
          "the database cannot serve for the moment: " + refused.getErrorMessage(),
          thrown);
    }
    return new StowageException(
        ErrorCode.INTERNAL_ERROR,
        "the database refused a statement: " + refused.getErrorMessage(),
        thrown);
  }

  /** Whether a unique index of that name refused the statement. */
  static boolean violates(RuntimeException thrown, String index) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused
          && "23505".equals(refused.getSqlState())
          && index.equals(refused.getConstraint())) {
        return true;
      }
    }
    return false;
  }
}

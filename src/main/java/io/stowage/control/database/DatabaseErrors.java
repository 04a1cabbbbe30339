package io.stowage.control.database;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's driver and Hibernate Reactive throw, in our words. */
public final class DatabaseErrors {
  /**
   * Classes of SQL states that pass: connection, resources, operator intervention, serialization,
   * system.
   */
  private static final Set<String> PASSING = Set.of("08", "53", "57", "40", "58");

  /**
   * Classes of SQL states that a value causes: a text with a NUL in it, a number or a key that is
   * too large.
   */
  private static final Set<String> BAD_VALUES = Set.of("22", "54");

  private static final String NO_SCHEMA = "3F000";
  private static final String NO_TABLE = "42P01";
  private static final String UNIQUE = "23505";
  private static final String CHECK = "23514";

  private DatabaseErrors() {}

  public static RuntimeException translated(RuntimeException thrown) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused) {
        return refused(
            String.valueOf(refused.getSqlState()),
            String.valueOf(refused.getErrorMessage()),
            thrown);
      }
      if (cause instanceof SQLException refused && refused.getSQLState() != null) {
        return refused(refused.getSQLState(), String.valueOf(refused.getMessage()), thrown);
      }
      if (cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof VertxException
          || cause instanceof NoStackTraceThrowable) {
        return new StowageException(
            ErrorCode.UNAVAILABLE, "the database does not answer: " + cause.getMessage(), thrown);
      }
    }
    return thrown;
  }

  private static StowageException refused(String state, String message, RuntimeException thrown) {
    String kind = state.length() == 5 ? state.substring(0, 2) : "";
    if (state.equals(NO_SCHEMA) || state.equals(NO_TABLE)) {
      return new StowageException(
          ErrorCode.UNAVAILABLE,
          "the database has no schema of this version: run `stowage migrate`",
          thrown);
    }
    if (PASSING.contains(kind)) {
      return new StowageException(
          ErrorCode.UNAVAILABLE, "the database cannot serve for the moment: " + message, thrown);
    }
    if (BAD_VALUES.contains(kind) || state.equals(CHECK)) {
      return new StowageException(
          ErrorCode.INVALID_REQUEST, "a value cannot be stored: " + message, thrown);
    }
    if (state.equals(UNIQUE)) {
      return new StowageException(
          ErrorCode.CONFLICT, "somebody else stored the same at the same time: " + message, thrown);
    }
    return new StowageException(
        ErrorCode.INTERNAL_ERROR, "the database refused a statement: " + message, thrown);
  }

  /** Whether a unique index of that name refused the statement. */
  public static boolean violates(RuntimeException thrown, String index) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refused
          && UNIQUE.equals(refused.getSqlState())
          && index.equals(refused.getConstraint())) {
        return true;
      }
    }
    return false;
  }
}

package io.stowage.io.table.database;

import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error of the database means here, by its SQL state. */
public final class PostgresErrors {
  private static final String QUERY_CANCELED = "57014";
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private PostgresErrors() {}

  /**
   * @param what was done, on what: {@code cannot store 'a' in table b}
   * @param cancellation tells a statement that was stopped by us from one that the database stopped
   */
  public static StowageException of(String what, SQLException e, Cancellation cancellation) {
    boolean ours = state(e).equals(QUERY_CANCELED) && cancellation.requested();
    return new StowageException(
        ours ? ErrorCode.CANCELED : code(state(e)), what + ": " + reason(e), e);
  }

  public static boolean lockIsTaken(SQLException e) {
    return state(e).equals(LOCK_NOT_AVAILABLE);
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "08000" : e.getSQLState();
  }

  private static ErrorCode code(String state) {
    return switch (state) {
      case "42501" -> ErrorCode.ACCESS_DENIED;
      case LOCK_NOT_AVAILABLE -> ErrorCode.UNAVAILABLE;
      default ->
          switch (state.substring(0, 2)) {
            case "08", "40", "53", "57", "58" -> ErrorCode.UNAVAILABLE;
            case "28" -> ErrorCode.ACCESS_DENIED;
            case "3D" -> ErrorCode.STORE_MISSING;
            case "XX" -> ErrorCode.INTERNAL_ERROR;
            default -> ErrorCode.BAD_DATA;
          };
    };
  }

  private static String reason(SQLException e) {
    ServerErrorMessage told =
        e instanceof PSQLException known ? known.getServerErrorMessage() : null;
    if (told == null) {
      return String.valueOf(e.getMessage()).strip();
    }
    String where = told.getWhere() == null ? "" : " (" + told.getWhere() + ")";
    return told.getMessage() + where;
  }
}

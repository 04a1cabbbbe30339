package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.protocol.Json;
import io.stowage.protocol.Preview;
import java.util.UUID;

/**
 * What workers have previewed: data, so it is apart from runs and their events, which every reader
 * sees, and is gone after an hour.
 */
public final class Previews {
  private static final String KEEP =
      """
      INSERT INTO stowage.preview (run_id, body)
      SELECT l.run_id, $4::text::jsonb FROM stowage.live l
      WHERE l.run_id = $1 AND l.lease_id = $2 AND l.session_id = $3 AND l.state >= 3 AND l.kind = 'preview'
      ON CONFLICT (run_id) DO UPDATE SET body = excluded.body, at = clock_timestamp() RETURNING run_id""";
  private static final String FIND =
      """
      SELECT body::text AS body FROM stowage.preview
      WHERE run_id = $1 AND at > clock_timestamp() - interval '1 hour'""";
  private static final String FORGET =
      "DELETE FROM stowage.preview WHERE at < clock_timestamp() - interval '1 hour'";

  private final Database database;
  private final Sessions sessions;

  Previews(Database database, Sessions sessions) {
    this.database = database;
    this.sessions = sessions;
  }

  /**
   * Keeps what the run's worker shows.
   *
   * @throws StowageException {@code SESSION_GONE} or {@code FORBIDDEN}; {@code LEASE_LOST} where
   *     the lease is held no more, or is of no preview
   */
  public void keep(long session, String secret, UUID lease, Preview preview) {
    sessions.known(session, secret);
    if (database.query(KEEP, preview.runId(), lease, session, Json.text(preview)).isEmpty()) {
      throw new StowageException(
          ErrorCode.LEASE_LOST,
          "lease "
              + lease
              + " of run "
              + preview.runId()
              + " is held no more, or is of no preview");
    }
  }

  /**
   * @throws StowageException {@code NOT_FOUND}
   */
  public Preview find(UUID run) {
    return database
        .first(FIND, run)
        .map(row -> Json.read(row.getString("body"), Preview.class))
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.NOT_FOUND,
                    "there is no preview of run '" + run + "': it is kept for an hour"));
  }

  /** Forgets what is an hour old. */
  public void forget() {
    database.query(FORGET);
  }
}

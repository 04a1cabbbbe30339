package io.stowage.control.database;

import io.smallrye.mutiny.TimeoutException;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept, for what belongs to one: notifications, and a lock that ends with it.
 * It is known to be alive by asking it often: each call has a limit of time, and one that fails
 * ends the channel. PostgreSQL ends it too where it was not asked for as long as that, so that a
 * process which stands still holds no lock. The connection goes back to the pool as it was, and not
 * before: else whoever got it next would hold this one's lock, and forget commits in a crash. Used
 * by one thread.
 */
public final class Channel implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String ALONE =
      """
      SELECT set_config('application_name', $1, false), set_config('idle_session_timeout', '15s', false),
        set_config('synchronous_commit', 'off', false)""";
  private static final String UNLISTEN = "UNLISTEN *";
  private static final String AS_BEFORE =
      """
      SELECT set_config('application_name', '', false), set_config('idle_session_timeout', '0', false),
        set_config('synchronous_commit', 'on', false), pg_advisory_unlock_all()::text""";

  private final SqlConnection connection;
  private volatile boolean open = true;

  /**
   * @param purpose as {@code pg_stat_activity} shows it
   */
  Channel(SqlConnection connection, String purpose) {
    this.connection = connection;
    connection.getDelegate().closeHandler(_ -> open = false);
    query(ALONE, purpose);
  }

  /** From now on the payloads of notifications go there, from the driver's own thread. */
  public void listen(String channel, Consumer<String> payloads) {
    ((PgConnection) connection.getDelegate())
        .notificationHandler(heard -> payloads.accept(heard.getPayload()));
    query("LISTEN " + channel);
  }

  /** Whether nothing has failed so far. */
  public boolean isOpen() {
    return open;
  }

  /**
   * @throws RuntimeException where it fails or takes too long, after which the channel is closed
   */
  public List<Row> query(String sql, @Nullable Object... values) {
    try {
      var rows = new ArrayList<Row>();
      connection
          .preparedQuery(sql)
          .execute(Tuple.from(Arrays.asList(values)))
          .await()
          .atMost(LONGEST)
          .forEach(rows::add);
      return rows;
    } catch (RuntimeException e) {
      if (open) {
        open = false;
        giveBack();
      }
      throw e instanceof TimeoutException
          ? new StowageException(
              ErrorCode.UNAVAILABLE,
              "the database did not answer within %d s".formatted(LONGEST.toSeconds()),
              e)
          : DatabaseErrors.translated(e);
    }
  }

  /** Behind a call that took too long; where that is never answered, never. */
  private void giveBack() {
    connection
        .query(UNLISTEN)
        .execute()
        .chain(() -> connection.query(AS_BEFORE).execute())
        .onItemOrFailure()
        .transformToUni((_, _) -> connection.close())
        .subscribe()
        .with(_ -> {}, _ -> {});
  }

  /** Gives the connection back as it was. */
  @Override
  public void close() {
    if (open) {
      query(UNLISTEN);
      query(AS_BEFORE);
      open = false;
      connection.close().subscribe().with(_ -> {}, _ -> {});
    }
  }
}

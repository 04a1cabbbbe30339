package io.stowage.control.queue;

import io.stowage.control.database.Database;
import io.stowage.protocol.DeadRun;
import io.stowage.protocol.Page;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The dead letter: runs whose attempts or losses were exhausted, until others take their place. */
public final class DeadLetters {
  private static final String PAGE =
      """
      SELECT u.run_id, q.name, u.reason, u.ended_at, r.error ->> 'message' AS message FROM stowage.unsuccessful u
      JOIN stowage.queue q ON q.id = u.queue_id JOIN stowage.run r ON r.id = u.run_id
      WHERE u.outcome = 3 AND u.redriven_by IS NULL AND u.run_id < $1
        AND ($2::text IS NULL OR q.name = $2) AND ($3::text IS NULL OR u.reason = $3)
      ORDER BY u.run_id DESC LIMIT $4""";
  // marked first, and unmarked where no run could take its place: so two redrives make one run
  private static final String MARK =
      """
      UPDATE stowage.unsuccessful SET redriven_by = $2
      WHERE run_id = $1 AND outcome = 3 AND redriven_by IS NULL RETURNING run_id""";
  private static final String UNMARK =
      "UPDATE stowage.unsuccessful SET redriven_by = NULL WHERE run_id = $1 AND redriven_by = $2";
  private static final UUID NEWEST = new UUID(-1L, -1L);

  private final Database database;

  DeadLetters(Database database) {
    this.database = database;
  }

  /**
   * Newest first.
   *
   * @param before the last of the page before; null for the first page
   * @param reason the code of the error
   */
  public Page<DeadRun> list(
      @Nullable String queue, @Nullable String reason, @Nullable UUID before, int limit) {
    int most = Math.clamp(limit, 1, 1_000);
    var found =
        database
            .query(PAGE, before == null ? NEWEST : before, queue, reason, (long) most + 1)
            .stream()
            .map(
                row ->
                    new DeadRun(
                        row.getUUID("run_id"),
                        row.getString("name"),
                        row.getString("reason"),
                        row.getString("message"),
                        row.getOffsetDateTime("ended_at").toInstant()))
            .toList();
    List<DeadRun> page = found.stream().limit(most).toList();
    return new Page<>(page, found.size() > most ? page.getLast().id().toString() : null);
  }

  /**
   * @return false where it is not dead, or another has taken its place
   */
  public boolean mark(UUID run, UUID by) {
    return !database.query(MARK, run, by).isEmpty();
  }

  public void unmark(UUID run, UUID by) {
    database.query(UNMARK, run, by);
  }
}

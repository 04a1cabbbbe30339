package io.stowage.control.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stowage.control.database.Database;
import io.stowage.protocol.Json;
import io.stowage.protocol.WorkerResources;
import io.stowage.protocol.WorkerView;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sessions of workers, and what they hold. */
public final class Workers {
  private static final String ALIVE =
      """
      SELECT s.id, s.worker, s.principal, s.state, s.drain, s.slots, s.kinds, s.catalog_hash, s.started_at, s.last_seen_at,
        ARRAY(SELECT q.name FROM stowage.queue q WHERE q.id = ANY (s.queue_ids) ORDER BY q.name) AS queues,
        (SELECT coalesce(json_agg(json_build_object('run', l.run_id, 'attempt', l.attempt + 1, 'canceling', l.state = 4,
            'since', l.claimed_at) ORDER BY l.claimed_at), '[]')
          FROM stowage.live l WHERE l.session_id = s.id AND l.state >= 3)::text AS leases
      FROM stowage.session s WHERE s.state < 3 ORDER BY s.id LIMIT 1000""";
  private static final String RESOURCES =
      """
      SELECT DISTINCT ON (q.name) q.name AS queue, s.worker, s.resources::text AS resources
      FROM stowage.session s JOIN stowage.queue q ON q.id = ANY (s.queue_ids)
      WHERE s.state < 3 AND s.resources IS NOT NULL ORDER BY q.name, s.id DESC""";
  private static final TypeReference<List<WorkerView.Held>> HELD = new TypeReference<>() {};
  private static final List<String> STATES = List.of("running", "quiet", "terminating", "lost");

  private final Database database;

  public Workers(Database database) {
    this.database = database;
  }

  /** Those whose sessions are open, oldest first; a thousand at the most. */
  public List<WorkerView> alive() {
    return database.query(ALIVE).stream().map(Workers::view).toList();
  }

  /** What workers of a queue have, by the queue; the newest of them that tells. */
  public Map<String, Told> resources() {
    var told = new TreeMap<String, Told>();
    for (Row row : database.query(RESOURCES)) {
      told.put(
          row.getString("queue"),
          new Told(
              row.getString("worker"),
              Json.read(row.getString("resources"), WorkerResources.class)));
    }
    return told;
  }

  /** What a worker tells. */
  public record Told(String worker, WorkerResources resources) {}

  private static WorkerView view(Row row) {
    return new WorkerView(
        row.getLong("id"),
        row.getString("worker"),
        row.getString("principal"),
        row.getBoolean("drain") ? "draining" : STATES.get(row.getShort("state")),
        List.of(row.getArrayOfStrings("queues")),
        List.of(row.getArrayOfStrings("kinds")),
        row.getInteger("slots"),
        row.getString("catalog_hash"),
        row.getOffsetDateTime("started_at").toInstant(),
        row.getOffsetDateTime("last_seen_at").toInstant(),
        Json.reader().convertValue(Json.read(row.getString("leases"), List.class), HELD));
  }
}

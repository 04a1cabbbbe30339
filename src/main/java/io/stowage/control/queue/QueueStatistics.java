package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.protocol.CatalogInUse;
import io.stowage.protocol.QueueSettings;
import io.stowage.protocol.QueueStats;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What waits and runs in each queue. */
public final class QueueStatistics {
  private static final String STATS =
      """
      SELECT q.name, q.paused, q.draining, l.*, s.* FROM stowage.queue q
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE state = 0) AS scheduled, count(*) FILTER (WHERE state = 1) AS blocked,
          count(*) FILTER (WHERE state = 2) AS queued, count(*) FILTER (WHERE state >= 3) AS running,
          coalesce(extract(epoch FROM clock_timestamp() - min(ready_at) FILTER (WHERE state = 2)), 0)::float8 AS oldest
        FROM stowage.live WHERE queue_id = q.id) l
      CROSS JOIN LATERAL (
        SELECT count(*) AS sessions, coalesce(sum(slots), 0) AS slots FROM stowage.session
        WHERE state < 3 AND q.id = ANY (queue_ids)) s
      ORDER BY q.name""";
  private static final String CATALOGS =
      """
      SELECT q.name, q.catalog_hash, s.catalog_hash AS pulling, count(s.id)::int AS sessions FROM stowage.queue q
      LEFT JOIN stowage.session s ON s.state < 3 AND q.id = ANY (s.queue_ids) GROUP BY 1, 2, 3""";
  private static final String SET =
      """
      UPDATE stowage.queue SET max_depth = $2, session_ttl = make_interval(secs => $3), retries_per_minute = $4 WHERE id = $1""";
  private static final int USUAL_SLOTS = 4;

  private final Database database;
  private final Map<String, Short> ids = new ConcurrentHashMap<>();

  public QueueStatistics(Database database) {
    this.database = database;
  }

  public List<QueueStats> all() {
    return database.query(STATS).stream().map(QueueStatistics::stats).toList();
  }

  /** The queues' names, without counting what is in them. */
  public List<String> names() {
    return database.query("SELECT name FROM stowage.queue ORDER BY name").stream()
        .map(row -> row.getString("name"))
        .toList();
  }

  /** Each queue's current catalog, and those of the workers that pull from it. */
  public List<CatalogInUse> catalogs() {
    var all = new TreeMap<String, CatalogInUse>();
    for (Row row : database.query(CATALOGS)) {
      var queue =
          all.computeIfAbsent(
              row.getString("name"),
              name -> new CatalogInUse(name, row.getString("catalog_hash"), new TreeMap<>()));
      if (row.getString("pulling") != null) {
        queue.workers().put(row.getString("pulling"), row.getInteger("sessions"));
      }
    }
    return List.copyOf(all.values());
  }

  /**
   * @throws StowageException {@code NOT_FOUND}
   */
  public QueueStats of(String name) {
    return all().stream()
        .filter(stats -> stats.queue().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new StowageException(ErrorCode.NOT_FOUND, "there is no queue '" + name + "'"));
  }

  private static QueueStats stats(Row row) {
    long queued = row.getLong("queued");
    long running = row.getLong("running");
    int sessions = row.getLong("sessions").intValue();
    int slots = row.getLong("slots").intValue();
    int each = sessions == 0 ? USUAL_SLOTS : Math.max(1, slots / sessions);
    return new QueueStats(
        row.getString("name"),
        row.getBoolean("paused"),
        row.getBoolean("draining"),
        row.getLong("scheduled"),
        row.getLong("blocked"),
        queued,
        running,
        queued + row.getLong("scheduled") + row.getLong("blocked"),
        row.getDouble("oldest"),
        sessions,
        slots,
        (int) Math.ceilDiv(queued + running, each));
  }

  /**
   * @throws StowageException {@code NOT_FOUND}
   */
  public short queueId(String name) {
    Short known = ids.get(name);
    if (known != null) {
      return known;
    }
    short id =
        database
            .first("SELECT id FROM stowage.queue WHERE name = $1", name)
            .orElseThrow(
                () -> new StowageException(ErrorCode.NOT_FOUND, "there is no queue '" + name + "'"))
            .getShort("id");
    ids.put(name, id);
    return id;
  }

  /** Hands out no more runs of the queue. */
  public void pause(String name) {
    database.query("UPDATE stowage.queue SET paused = true WHERE id = $1", queueId(name));
  }

  /** Takes no more runs into the queue, but hands out those that are there. */
  public void drain(String name) {
    database.query(
        "UPDATE stowage.queue SET draining = true, paused = false WHERE id = $1", queueId(name));
  }

  /** Takes runs in and hands them out, as before it was paused or drained. */
  public void resume(String name) {
    database.query(
        "UPDATE stowage.queue SET draining = false, paused = false WHERE id = $1", queueId(name));
  }

  /** Sessions that are open keep the TTL that they have. */
  public void set(String name, QueueSettings settings) {
    database.query(
        SET,
        queueId(name),
        settings.maxDepth(),
        settings.sessionTtl() == null ? null : (double) settings.sessionTtl().toSeconds(),
        settings.retriesPerMinute());
  }
}

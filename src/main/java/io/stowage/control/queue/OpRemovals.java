package io.stowage.control.queue;

import io.stowage.control.database.Database;
import io.stowage.control.database.Database.Sql;
import io.stowage.protocol.RemovalsRequest;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * What may be removed of an op's output, of which each run of the job has its own: that of runs
 * which have ended, beyond the job's last so many. Nobody but its run reads it, so nothing is
 * waited for; but a run that goes on from it, through however many others, may take it up.
 *
 * <p>An output is asked about by {@code @runs/*}{@code /<job>/<op>/<output>}.
 */
final class OpRemovals {
  private static final String FAMILY = "@runs/*/";
  // Behind '@runs/', the run's id and a slash.
  private static final String OF_FAMILY =
      """
      m.asset LIKE '@runs/%' AND m.location IS NOT NULL
        AND (substr(m.asset, 44) = $1 OR starts_with(substr(m.asset, 44), $1 || '/'))""";
  private static final String TOTAL =
      "SELECT count(*) AS total, coalesce(sum(m.bytes) FILTER (WHERE m.bytes > 0), 0)::bigint AS bytes"
          + " FROM stowage.materialization m WHERE m.removed_at IS NULL AND "
          + OF_FAMILY;
  private static final String LEFTOVERS =
      "SELECT "
          + Materializations.COLUMNS
          + " FROM stowage.materialization m WHERE m.removed_at IS NOT NULL AND m.deleted_at IS NULL AND m.id > $2 AND "
          + OF_FAMILY
          + " ORDER BY m.id LIMIT $3";

  /** $1 the output, $2 the job, $3 keep, $4 older than and $5 grace in milliseconds. */
  private static final String REMOVABLE =
      "WITH RECURSIVE "
          + Removals.RESUMED
          + """
      , ended AS (
        SELECT r.id, r.finished_at, row_number() OVER (ORDER BY r.finished_at DESC, r.id DESC) AS place
        FROM stowage.run r
        WHERE r.spec ->> 'job_name' = $2 AND r.finished_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM resumed d WHERE d.id = r.id)),
      removable AS (
        SELECT m.id FROM ended e JOIN stowage.materialization m ON m.run_id = e.id
        WHERE e.place > $3::int AND m.removed_at IS NULL
          AND e.finished_at < clock_timestamp() - $4::bigint * interval '1 millisecond'
          AND e.finished_at < clock_timestamp() - $5::bigint * interval '1 millisecond'
          AND"""
          + " "
          + OF_FAMILY
          + ")\n";

  private static final String CANDIDATES =
      REMOVABLE
          + "SELECT "
          + Materializations.COLUMNS
          + " FROM removable r JOIN stowage.materialization m ON m.id = r.id WHERE m.id > $6 ORDER BY m.id LIMIT $7";
  private static final String MARK =
      REMOVABLE
          + """
      UPDATE stowage.materialization m SET removed_at = clock_timestamp(), removed_by = $6
      FROM removable r WHERE m.id = r.id AND r.id = ANY ($7::uuid[]) RETURNING m.id""";

  private final Database database;

  OpRemovals(Database database) {
    this.database = database;
  }

  static boolean isAsked(RemovalsRequest request) {
    return request.asset().startsWith(FAMILY);
  }

  private static String family(RemovalsRequest request) {
    return request.asset().substring(FAMILY.length());
  }

  /** Without the op's name and the output's. */
  private static String job(RemovalsRequest request) {
    String family = family(request);
    int output = family.lastIndexOf('/');
    int op = output < 0 ? -1 : family.lastIndexOf('/', output - 1);
    return op < 0 ? "" : family.substring(0, op);
  }

  Row total(RemovalsRequest request) {
    return database.first(TOTAL, family(request)).orElseThrow();
  }

  List<Row> leftovers(RemovalsRequest request, UUID after, int most) {
    return database.query(LEFTOVERS, family(request), after, most);
  }

  List<Row> candidates(RemovalsRequest request, UUID after, int most) {
    return database.query(
        CANDIDATES,
        family(request),
        job(request),
        request.options().kept(),
        request.options().age().toMillis(),
        request.options().grace().toMillis(),
        after,
        most);
  }

  List<UUID> mark(Sql sql, RemovalsRequest request, UUID[] ids) {
    return sql
        .query(
            MARK,
            family(request),
            job(request),
            request.options().kept(),
            request.options().age().toMillis(),
            request.options().grace().toMillis(),
            request.runId(),
            ids)
        .stream()
        .map(row -> row.getUUID("id"))
        .toList();
  }
}

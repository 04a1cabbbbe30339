package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.database.Database.Sql;
import io.stowage.protocol.DeletedRequest;
import io.stowage.protocol.KnownObjectsAnswer;
import io.stowage.protocol.KnownObjectsAnswer.Standing;
import io.stowage.protocol.KnownObjectsRequest;
import io.stowage.protocol.KnownObjectsRequest.Asked;
import io.stowage.protocol.MarkAnswer;
import io.stowage.protocol.MarkRequest;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.RemovalsAnswer;
import io.stowage.protocol.RemovalsRequest;
import io.stowage.protocol.RunKind;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep and a wipe ask of the ledger, and write to it, under their lease.
 *
 * <p>Marked first, deleted then: a materialization is marked as removed before its object is
 * deleted, and the deletion is noted after. Whoever dies in between leaves an object that no kept
 * materialization names, which the next sweep deletes; never a materialization that promises an
 * object which is gone.
 *
 * <p>A run under way reads what was current when it looked, at any time since its claim. What a
 * sweep marks was therefore replaced before the oldest running attempt was claimed, and before the
 * earliest time of which a live run reads the past, if one does. A wipe takes what is current:
 * nobody finds it from then on, but its object stays until all attempts have ended that were
 * claimed before. What a live run made itself, or a run that it goes on from through however many
 * others, is left.
 */
public final class Removals {
  private static final int PAGE = 100;
  private static final int MOST = 200;

  private static final String HELD =
      """
      SELECT l.kind, coalesce(r.spec -> 'options' ->> 'dry-run' = 'true', false) AS dry
      FROM stowage.live l JOIN stowage.run r ON r.id = l.run_id
      WHERE l.run_id = $1 AND l.lease_id = $2 AND l.session_id = $3 AND l.state >= 3 FOR NO KEY UPDATE OF l""";
  private static final String PARTITIONS =
      """
      SELECT partition_key FROM stowage.asset_partition
      WHERE asset = $1 AND partition_key >= $2 AND (cardinality($3::text[]) = 0 OR partition_key = ANY ($3))
      ORDER BY partition_key LIMIT $4""";
  private static final String TOTAL =
      """
      SELECT count(*) AS total, coalesce(sum(bytes) FILTER (WHERE bytes > 0), 0)::bigint AS bytes FROM stowage.materialization
      WHERE asset = $1 AND removed_at IS NULL AND location IS NOT NULL
        AND (cardinality($2::text[]) = 0 OR partition_key = ANY ($2))""";

  /** Since when the oldest attempt is under way that may read anything. */
  private static final String READING_SINCE =
      """
      coalesce((SELECT min(claimed_at) FROM stowage.live
        WHERE state >= 3 AND kind NOT IN ('sweep', 'wipe')), 'infinity'::timestamptz)""";

  /**
   * Runs that live ones go on from, and those that these went on from: {@code resumed (id)}, for
   * {@code WITH RECURSIVE}. A set, so that it ends whatever the runs say of each other.
   */
  static final String RESUMED =
      """
      resumed (id) AS (
        SELECT n.retry_of FROM stowage.run n JOIN stowage.live l ON l.run_id = n.id WHERE n.retry_of IS NOT NULL
        UNION SELECT r.retry_of FROM resumed d JOIN stowage.run r ON r.id = d.id WHERE r.retry_of IS NOT NULL)""";

  /** Of when the earliest past is that a live run reads, whether it was claimed or not. */
  private static final String PAST_READ_SINCE =
      """
      coalesce((SELECT min((p.spec -> 'options' ->> 'as-of')::timestamptz)
        FROM stowage.run p JOIN stowage.live l ON l.run_id = p.id
        WHERE p.spec -> 'options' ->> 'as-of' IS NOT NULL), 'infinity'::timestamptz)""";

  /**
   * Those of some partitions that may be removed: $1 asset, $2 partitions, $3 keep, $4 older than
   * and $5 grace in milliseconds, $6 whether all. An object that several name is removed with the
   * last of them.
   */
  private static final String REMOVABLE =
      "WITH RECURSIVE "
          + RESUMED
          + """
      , ranked AS (
        SELECT m.id, m.run_id, m.partition_key, m.location, m.committed_at, row_number() OVER newest AS place,
          lag(m.committed_at) OVER newest AS replaced_at
        FROM stowage.materialization m
        WHERE m.asset = $1 AND m.partition_key = ANY ($2::text[]) AND m.removed_at IS NULL AND m.location IS NOT NULL
        WINDOW newest AS (PARTITION BY m.partition_key ORDER BY m.fence DESC, m.id DESC)),
      judged AS (
        SELECT r.id, r.partition_key, r.location,
          NOT EXISTS (SELECT 1 FROM stowage.live l WHERE l.run_id = r.run_id)
          AND NOT EXISTS (SELECT 1 FROM resumed d WHERE d.id = r.run_id)
          AND ($6::boolean OR (
            r.place > $3::int
            AND r.committed_at < clock_timestamp() - $4::bigint * interval '1 millisecond'
            AND r.replaced_at <= clock_timestamp() - $5::bigint * interval '1 millisecond'
            AND r.replaced_at <"""
          + " least("
          + READING_SINCE
          + ", "
          + PAST_READ_SINCE
          + ")"
          + """

            AND NOT EXISTS (SELECT 1 FROM stowage.run p JOIN stowage.live l ON l.run_id = p.id
              WHERE p.spec -> 'options' ->> 'as-of' IS NOT NULL AND p.spec -> 'options' ->> 'as-of-run' = r.run_id::text)
            AND NOT EXISTS (SELECT 1 FROM stowage.asset_partition p
              WHERE p.asset = $1 AND p.partition_key = r.partition_key AND p.materialization_id = r.id))) AS old
        FROM ranked r),
      removable AS (
        SELECT j.id, j.partition_key FROM judged j
        WHERE j.old AND NOT EXISTS (
          SELECT 1 FROM stowage.materialization o LEFT JOIN judged k ON k.id = o.id
          WHERE o.location = j.location AND o.removed_at IS NULL AND NOT coalesce(k.old, false)))
      """;

  private static final String CANDIDATES =
      REMOVABLE
          + "SELECT "
          + Materializations.COLUMNS
          + """
       FROM removable r JOIN stowage.materialization m ON m.id = r.id
      WHERE (r.partition_key, r.id) > ($7::text, $8::uuid) ORDER BY r.partition_key, r.id LIMIT $9""";
  private static final String LEFTOVERS =
      "SELECT "
          + Materializations.COLUMNS
          + """
       FROM stowage.materialization m
      WHERE m.asset = $1 AND (cardinality($2::text[]) = 0 OR m.partition_key = ANY ($2))
        AND m.removed_at IS NOT NULL AND m.deleted_at IS NULL AND m.id > $3 AND m.removed_at <"""
          + READING_SINCE
          + " ORDER BY m.id LIMIT $4";
  private static final String MARK =
      REMOVABLE
          + """
      , marked AS (
        UPDATE stowage.materialization m SET removed_at = clock_timestamp(), removed_by = $7
        FROM removable r WHERE m.id = r.id AND r.id = ANY ($8::uuid[]) RETURNING m.id, m.partition_key),
      unpointed AS (
        DELETE FROM stowage.asset_partition p USING marked k
        WHERE p.asset = $1 AND p.partition_key = k.partition_key AND p.materialization_id = k.id)
      SELECT id FROM marked""";
  private static final String READING =
      "SELECT " + READING_SINCE + " <> 'infinity'::timestamptz AS reading";
  private static final String OLDEST =
      "SELECT min(claimed_at) AS since FROM stowage.live WHERE state >= 3 AND kind NOT IN ('sweep', 'wipe')";
  private static final String DELETED =
      """
      UPDATE stowage.materialization SET deleted_at = clock_timestamp()
      WHERE id = ANY ($1::uuid[]) AND removed_at IS NOT NULL AND deleted_at IS NULL""";
  private static final String KNOWN =
      """
      SELECT EXISTS (SELECT 1 FROM stowage.materialization m WHERE m.location = a.location
          AND (m.removed_at IS NULL OR (m.deleted_at IS NULL AND m.removed_at >="""
          + READING_SINCE
          + """
      ))) AS named,
        EXISTS (SELECT 1 FROM stowage.live l WHERE l.run_id = a.run_id AND (a.lease_id IS NULL OR l.lease_id = a.lease_id)) AS busy,
        EXISTS (SELECT 1 FROM stowage.run r WHERE r.id = a.run_id) AS ours
      FROM unnest($1::text[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS a (location, run_id, lease_id, place)
      ORDER BY a.place""";

  private final Database database;
  private final Sessions sessions;
  private final OpRemovals ops;

  Removals(Database database, Sessions sessions) {
    this.database = database;
    this.sessions = sessions;
    this.ops = new OpRemovals(database);
  }

  /** Who calls: the worker's session, its secret, and the lease of the run. */
  public record Caller(long session, String secret, UUID lease) {}

  /**
   * @throws StowageException {@code LEASE_LOST}, or {@code FORBIDDEN} where the run neither sweeps
   *     nor wipes
   */
  public RemovalsAnswer removals(Caller caller, RemovalsRequest request) {
    held(caller, request.runId(), request.everything());
    Object only = request.partitions().toArray(String[]::new);
    boolean op = OpRemovals.isAsked(request);
    Row total =
        op ? ops.total(request) : database.first(TOTAL, request.asset(), only).orElseThrow();
    RemovalsPage page = request.leftovers() ? leftovers(request, only) : candidates(request, only);
    return new RemovalsAnswer(
        total.getLong("total"), total.getLong("bytes"), page.items(), page.next());
  }

  private record RemovalsPage(List<MaterializationView> items, @Nullable String next) {}

  private RemovalsPage leftovers(RemovalsRequest request, Object only) {
    UUID after = RemovalsCursor.of(request.cursor()).id();
    return byId(
        OpRemovals.isAsked(request)
            ? ops.leftovers(request, after, MOST)
            : database.query(LEFTOVERS, request.asset(), only, after, MOST));
  }

  private static RemovalsPage byId(List<Row> rows) {
    var items = views(rows);
    String next =
        items.size() < MOST ? null : new RemovalsCursor(items.getLast().id(), "").toString();
    return new RemovalsPage(items, next);
  }

  private RemovalsPage candidates(RemovalsRequest request, Object only) {
    var from = RemovalsCursor.of(request.cursor());
    if (OpRemovals.isAsked(request)) {
      return byId(ops.candidates(request, from.id(), MOST));
    }
    var partitions =
        database.query(PARTITIONS, request.asset(), from.partition(), only, PAGE).stream()
            .map(row -> row.getString("partition_key"))
            .toList();
    if (partitions.isEmpty()) {
      return new RemovalsPage(List.of(), null);
    }
    var items =
        views(
            database.query(
                CANDIDATES,
                request.asset(),
                partitions.toArray(String[]::new),
                request.options().kept(),
                request.options().age().toMillis(),
                request.options().grace().toMillis(),
                request.everything(),
                from.partition(),
                from.id(),
                MOST));
    if (items.size() == MOST) {
      var last = items.getLast();
      return new RemovalsPage(items, new RemovalsCursor(last.id(), last.partition()).toString());
    }
    String next =
        partitions.size() < PAGE ? null : RemovalsCursor.behind(partitions.getLast()).toString();
    return new RemovalsPage(items, next);
  }

  private static List<MaterializationView> views(List<Row> rows) {
    return rows.stream().map(Materializations::view).toList();
  }

  /**
   * Marks what may be removed still, in one statement that looks again at all that the request
   * asked about.
   */
  public MarkAnswer mark(Caller caller, MarkRequest marking) {
    RemovalsRequest request = marking.request();
    sessions.known(caller.session(), caller.secret());
    List<UUID> marked =
        database.transaction(
            sql -> {
              if (held(sql, caller, request.runId(), request.everything()).getBoolean("dry")) {
                throw new StowageException(
                    ErrorCode.FORBIDDEN,
                    "run " + request.runId() + " is a dry run: nothing is removed");
              }
              return mark(sql, marking);
            });
    // Asked when the mark is committed: an attempt that is claimed from now on does not find them.
    boolean deletable =
        !request.everything() || !database.first(READING).orElseThrow().getBoolean("reading");
    return new MarkAnswer(marked, deletable);
  }

  private List<UUID> mark(Sql sql, MarkRequest marking) {
    RemovalsRequest request = marking.request();
    UUID[] ids = marking.ids().toArray(UUID[]::new);
    if (OpRemovals.isAsked(request)) {
      return ops.mark(sql, request, ids);
    }
    String[] partitions =
        sql
            .query(
                "SELECT DISTINCT partition_key FROM stowage.materialization WHERE id = ANY ($1::uuid[]) AND asset = $2",
                (Object) ids,
                request.asset())
            .stream()
            .map(row -> row.getString("partition_key"))
            .toArray(String[]::new);
    return sql
        .query(
            MARK,
            request.asset(),
            partitions,
            request.options().kept(),
            request.options().age().toMillis(),
            request.options().grace().toMillis(),
            request.everything(),
            request.runId(),
            (Object) ids)
        .stream()
        .map(row -> row.getUUID("id"))
        .toList();
  }

  /** Notes that the objects of what was marked are gone. May be repeated. */
  public void deleted(Caller caller, DeletedRequest request) {
    held(caller, request.runId(), false);
    database.query(DELETED, (Object) request.ids().toArray(UUID[]::new));
  }

  /** What the ledger knows of objects that lie in a store, in one look at all of them. */
  public KnownObjectsAnswer known(Caller caller, KnownObjectsRequest request) {
    held(caller, request.runId(), false);
    var objects = request.objects();
    OffsetDateTime since = database.first(OLDEST).orElseThrow().getOffsetDateTime("since");
    return new KnownObjectsAnswer(
        database
            .query(
                KNOWN,
                objects.stream().map(Asked::location).toArray(String[]::new),
                objects.stream().map(Asked::run).toArray(UUID[]::new),
                objects.stream().map(Asked::lease).toArray(UUID[]::new))
            .stream()
            .map(row -> standing(row).word())
            .toList(),
        since == null ? null : since.toInstant());
  }

  private static Standing standing(Row row) {
    if (row.getBoolean("named")) {
      return Standing.NAMED;
    }
    if (row.getBoolean("busy")) {
      return Standing.BUSY;
    }
    return row.getBoolean("ours") ? Standing.UNCLAIMED : Standing.FOREIGN;
  }

  private void held(Caller caller, UUID run, boolean everything) {
    sessions.known(caller.session(), caller.secret());
    database.transaction(sql -> held(sql, caller, run, everything));
  }

  /** The lease's row, locked. */
  private static Row held(Sql sql, Caller caller, UUID run, boolean everything) {
    Row held =
        sql.first(HELD, run, caller.lease(), caller.session())
            .orElseThrow(
                () ->
                    new StowageException(
                        ErrorCode.LEASE_LOST,
                        "lease " + caller.lease() + " of run " + run + " is held no more"));
    String kind = held.getString("kind");
    Set<String> allowed =
        (everything ? List.of(RunKind.WIPE) : List.of(RunKind.SWEEP, RunKind.WIPE))
            .stream().map(RunKind::word).collect(Collectors.toSet());
    if (!allowed.contains(kind)) {
      throw new StowageException(
          ErrorCode.FORBIDDEN,
          "run " + run + " is of kind '" + kind + "', which may not remove this");
    }
    return held;
  }
}

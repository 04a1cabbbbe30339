package io.stowage.control.queue;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.queue.Database.Sql;
import io.stowage.protocol.CommitAnswer;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.EventsRequest;
import io.stowage.protocol.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The fenced commit: one output of one partition, with its metadata, its event and the asset's
 * pointer, or nothing. The lease's row is locked first, so that who lost it cannot commit, and who
 * holds it does not lose it meanwhile.
 */
public final class Commits {
  private static final String REPEATED =
      "SELECT id, superseded, lease_id FROM stowage.materialization WHERE commit_id = $1";
  private static final String HOLD =
      """
      UPDATE stowage.live SET last_event = last_event + $4
      WHERE run_id = $1 AND lease_id = $2 AND session_id = $3 AND state >= 3 RETURNING fence, last_event""";
  private static final String MATERIALIZE =
      """
      INSERT INTO stowage.materialization (id, commit_id, run_id, lease_id, fence, step, output, asset, partition_key,
        location, etag, checksum, bytes, row_count, schema_fingerprint, metadata, inputs)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::text::jsonb, $17::text::jsonb)
      ON CONFLICT (run_id, step, output, partition_key) DO NOTHING RETURNING id""";
  private static final String POINT =
      """
      INSERT INTO stowage.asset_partition AS p (asset, partition_key, fence, lease_id, materialization_id)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (asset, partition_key) DO UPDATE SET fence = excluded.fence, lease_id = excluded.lease_id,
        materialization_id = excluded.materialization_id, committed_at = clock_timestamp()
      WHERE p.fence < excluded.fence OR p.lease_id = excluded.lease_id RETURNING fence""";
  private static final String SUPERSEDED =
      "UPDATE stowage.materialization SET superseded = true WHERE id = $1";
  private static final String OLDER =
      """
      UPDATE stowage.materialization SET superseded = true
      WHERE asset = $1 AND partition_key = $2 AND NOT superseded AND id <> $3""";
  private static final String EVENT =
      """
      INSERT INTO stowage.event (run_id, n, at, type, step, partition_key, message, data)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb)""";
  private static final String EVENTS =
      """
      INSERT INTO stowage.event (run_id, n, at, type, step, partition_key, message, data)
      SELECT $1, $2 + e.ordinality, e.at, e.type, e.step, e.partition_key, e.message, e.data::jsonb
      FROM unnest($3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
        WITH ORDINALITY AS e (at, type, step, partition_key, message, data, ordinality)""";

  private final Database database;
  private final Sessions sessions;
  private final QueueMetrics metrics;

  Commits(Database database, Sessions sessions, QueueMetrics metrics) {
    this.database = database;
    this.sessions = sessions;
    this.metrics = metrics;
  }

  /**
   * @throws StowageException {@code LEASE_LOST}, or {@code CONFLICT} where this run committed the
   *     output before
   */
  public CommitAnswer commit(long session, String secret, UUID lease, CommitRequest request) {
    sessions.known(session, secret);
    try {
      var answer = database.transaction(sql -> commit(sql, session, lease, request));
      metrics.committed(answer.superseded());
      return answer;
    } catch (StowageException e) {
      if (e.code() == ErrorCode.LEASE_LOST) {
        metrics.stale();
      }
      throw e;
    }
  }

  private static CommitAnswer commit(Sql sql, long session, UUID lease, CommitRequest request) {
    var held = sql.first(HOLD, request.runId(), lease, session, 1L + request.beside().size());
    // The lease's row is locked now: a repeat that runs beside the first call sees what that one
    // wrote.
    Optional<CommitAnswer> repeated =
        sql.first(REPEATED, request.commitId())
            .filter(row -> row.getUUID("lease_id").equals(lease))
            .map(row -> new CommitAnswer(row.getUUID("id"), row.getBoolean("superseded")));
    if (repeated.isPresent()) {
      held.ifPresent(
          row ->
              sql.query(
                  "UPDATE stowage.live SET last_event = last_event - $2 WHERE run_id = $1",
                  request.runId(),
                  1L + request.beside().size()));
      return repeated.get();
    }
    if (held.isEmpty()) {
      throw new StowageException(
          ErrorCode.LEASE_LOST,
          "lease "
              + lease
              + " of run "
              + request.runId()
              + " is held no more: nothing was committed");
    }
    long fence = held.get().getLong("fence");
    long event = held.get().getLong("last_event") - request.beside().size();
    CommitAnswer answer = write(sql, lease, fence, event, request);
    long next = event;
    for (CommitRequest.Beside beside : request.beside()) {
      write(sql, lease, fence, ++next, beside(request, beside));
    }
    return answer;
  }

  private static CommitRequest beside(CommitRequest main, CommitRequest.Beside beside) {
    return new CommitRequest(
        UUID.randomUUID(),
        main.runId(),
        main.step(),
        main.output() + "/" + beside.asset(),
        beside.asset(),
        main.partition(),
        null,
        null,
        null,
        -1,
        -1,
        null,
        beside.metadata(),
        main.inputs(),
        List.of());
  }

  private static CommitAnswer write(
      Sql sql, UUID lease, long fence, long event, CommitRequest request) {
    UUID id = Uuids.atTime(Instant.now());
    boolean isNew =
        !sql.query(
                MATERIALIZE,
                id,
                request.commitId(),
                request.runId(),
                lease,
                fence,
                request.step(),
                request.output(),
                request.asset(),
                request.partition(),
                request.location(),
                request.etag(),
                request.checksum(),
                request.bytes(),
                request.rows(),
                request.schemaFingerprint(),
                Json.text(request.metadata()),
                Json.text(Map.of("read", request.inputs())))
            .isEmpty();
    if (!isNew) {
      throw new StowageException(
          ErrorCode.CONFLICT,
          "run "
              + request.runId()
              + " has committed output '"
              + request.output()
              + "' of '"
              + request.step()
              + "' already");
    }
    boolean ofRun = AssetKey.of(request.asset()).isOfRun();
    boolean superseded =
        !ofRun
            && sql.query(POINT, request.asset(), request.partition(), fence, lease, id).isEmpty();
    if (superseded) {
      sql.query(SUPERSEDED, id);
    } else if (!ofRun) {
      sql.query(OLDER, request.asset(), request.partition(), id);
    }
    var data = new LinkedHashMap<String, Object>();
    data.put("materialization", id);
    data.put("asset", request.asset());
    data.put("output", request.output());
    data.put("rows", request.rows());
    data.put("bytes", request.bytes());
    data.put("superseded", superseded);
    if (request.location() != null) {
      data.put("location", request.location());
    }
    Object seconds = request.metadata().getOrDefault("seconds", Map.of()).get("value");
    if (seconds != null) {
      data.put("seconds", seconds);
    }
    sql.query(
        EVENT,
        request.runId(),
        event,
        Instant.now().atOffset(ZoneOffset.UTC),
        "materialized",
        request.step(),
        request.partition(),
        ofRun
            ? "output '" + request.output() + "' of op '" + request.step() + "'"
            : "asset '" + request.asset() + "'",
        Json.text(data));
    return new CommitAnswer(id, superseded);
  }

  /** Records events of who holds the lease, numbered in one statement. */
  public void events(long session, String secret, UUID lease, EventsRequest request) {
    sessions.known(session, secret);
    int count = request.events().size();
    if (count == 0) {
      return;
    }
    database.transaction(
        sql -> {
          var held =
              sql.first(HOLD, request.runId(), lease, session, (long) count)
                  .orElseThrow(
                      () ->
                          new StowageException(
                              ErrorCode.LEASE_LOST, "lease " + lease + " is held no more"));
          var events = request.events();
          sql.query(
              EVENTS,
              request.runId(),
              held.getLong("last_event") - count,
              events.stream()
                  .map(each -> each.at().atOffset(ZoneOffset.UTC))
                  .toArray(java.time.OffsetDateTime[]::new),
              events.stream().map(EventsRequest.NewEvent::type).toArray(String[]::new),
              events.stream().map(EventsRequest.NewEvent::step).toArray(String[]::new),
              events.stream().map(EventsRequest.NewEvent::partition).toArray(String[]::new),
              events.stream().map(EventsRequest.NewEvent::message).toArray(String[]::new),
              events.stream().map(each -> Json.text(each.data())).toArray(String[]::new));
          return held;
        });
  }
}

package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.Json;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitRequest.ConcurrencyKey;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes runs into the queue. */
public final class Submissions {
  /**
   * All of a submit in one statement: whether the queue has room, the idempotency key, the run, a
   * unit of its concurrency key, its live row and its first event. Nothing of it is written where
   * the key was used before, or the queue is full.
   */
  private static final String SUBMIT =
      """
      WITH room AS (
        SELECT 1 FROM stowage.queue q WHERE q.id = $2 AND (q.max_depth IS NULL
          OR (SELECT count(*) FROM stowage.live l WHERE l.queue_id = q.id AND l.state < 3) < q.max_depth)),
      remembered AS (
        INSERT INTO stowage.idempotency (principal, key, request_hash, run_id)
        SELECT $5, $15, $16, $1 FROM room WHERE $15::text IS NOT NULL ON CONFLICT DO NOTHING RETURNING run_id),
      r AS (
        INSERT INTO stowage.run (id, queue_id, spec, priority, submitted_by, backfill_id, retry_of)
        SELECT $1, $2, $3::text::jsonb, $4, $5, $6, $7 FROM room
        WHERE $15::text IS NULL OR EXISTS (SELECT 1 FROM remembered) ON CONFLICT DO NOTHING RETURNING id),
      unit AS (
        INSERT INTO stowage.concurrency AS c (key, max_units, in_use)
        SELECT $12::text, $13::int, 1 FROM r WHERE $12::text IS NOT NULL AND NOT coalesce($10::timestamptz > clock_timestamp(), false)
        ON CONFLICT (key) DO UPDATE SET max_units = excluded.max_units, in_use = c.in_use + 1
        WHERE c.in_use < excluded.max_units RETURNING in_use),
      l AS (
        INSERT INTO stowage.live (run_id, queue_id, state, priority, max_attempts, timeout_ms, visible_at, expires_at,
          concurrency_key, concurrency_max, dedup_key, kind, last_event)
        SELECT $1, $2, CASE WHEN $10::timestamptz > clock_timestamp() THEN 0
            WHEN $12::text IS NULL OR EXISTS (SELECT 1 FROM unit) THEN 2 ELSE 1 END,
          $4, $8, $9, $10, $11, $12, $13, $14, $17, 1 FROM r RETURNING state),
      e AS (
        INSERT INTO stowage.event (run_id, n, at, type, message, data)
        SELECT id, 1, clock_timestamp(), 'submitted', 'submitted by ' || $5, '{}' FROM r)
      SELECT l.state, EXISTS (SELECT 1 FROM room) AS room FROM (SELECT 1) one LEFT JOIN l ON true""";

  private static final String REMEMBERED =
      """
      SELECT i.request_hash, i.run_id, l.state, r.outcome FROM stowage.idempotency i
      LEFT JOIN stowage.live l ON l.run_id = i.run_id LEFT JOIN stowage.run r ON r.id = i.run_id
      WHERE i.principal = $1 AND i.key = $2""";

  private final Database database;
  private final Waiters waiters;
  private final QueueMetrics metrics;

  Submissions(Database database, Waiters waiters, QueueMetrics metrics) {
    this.database = database;
    this.waiters = waiters;
    this.metrics = metrics;
  }

  /**
   * Queues the run, with its idempotency key, or nothing. A run whose id is there already is left
   * as it is.
   *
   * @param hash of the request, which must be the same where the key is used again
   * @throws StowageException {@code IDEMPOTENCY_KEY_REUSED}, {@code DUPLICATE} or {@code
   *     QUEUE_FULL}
   */
  public SubmitAnswer submit(NewRun run, @Nullable String idempotencyKey, String hash) {
    Row row = write(run, idempotencyKey, hash);
    Short state = row.getShort("state");
    if (state != null) {
      metrics.submitted();
      if (state == RunState.QUEUED.live()) {
        waiters.wake(run.queue(), 1);
      }
      return new SubmitAnswer(run.id(), RunState.of(state, null).word(), false);
    }
    var before =
        idempotencyKey == null
            ? Optional.<SubmitAnswer>empty()
            : replay(run.submittedBy(), idempotencyKey, hash);
    if (before.isEmpty() && !row.getBoolean("room")) {
      throw new StowageException(ErrorCode.QUEUE_FULL, "the queue is full: try again later");
    }
    return before.orElseGet(() -> new SubmitAnswer(run.id(), RunState.QUEUED.word(), true));
  }

  private Row write(NewRun run, @Nullable String key, String hash) {
    var concurrency = Optional.ofNullable(run.concurrency());
    try {
      return database
          .first(
              SUBMIT,
              run.id(),
              run.queue(),
              Json.text(run.spec()),
              (short) run.priority(),
              run.submittedBy(),
              run.spec().backfill(),
              run.spec().retryOf(),
              (short) run.maxAttempts(),
              run.timeout() == null ? null : run.timeout().toMillis(),
              utc(run.notBefore()),
              utc(run.expires()),
              concurrency.map(ConcurrencyKey::key).orElse(null),
              concurrency.map(ConcurrencyKey::max).orElse(null),
              run.dedupKey(),
              key,
              hash,
              run.spec().kind())
          .orElseThrow();
    } catch (StowageException e) {
      if (DatabaseErrors.violates(e, "live_dedup")) {
        throw new StowageException(
            ErrorCode.DUPLICATE,
            "a live run has the dedup key '" + run.dedupKey() + "' already",
            e);
      }
      throw e;
    }
  }

  /**
   * The answer that the key got before; empty where it was not used.
   *
   * @throws StowageException {@code IDEMPOTENCY_KEY_REUSED} where it was used for another request
   */
  public Optional<SubmitAnswer> replay(String principal, String key, String hash) {
    return database
        .first(REMEMBERED, principal, key)
        .map(
            row -> {
              if (!row.getString("request_hash").equals(hash)) {
                throw new StowageException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "the idempotency key '"
                        + key
                        + "' was used for another request: take a new one");
              }
              return new SubmitAnswer(
                  row.getUUID("run_id"),
                  RunState.of(row.getShort("state"), row.getShort("outcome")).word(),
                  true);
            });
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}

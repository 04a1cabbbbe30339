package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.queue.Database.Sql;
import io.stowage.protocol.Json;
import io.stowage.protocol.SubmitAnswer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes runs into the queue. */
public final class Submissions {
  private static final String REMEMBER =
      """
      INSERT INTO stowage.idempotency (principal, key, request_hash, run_id) VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING RETURNING run_id""";
  private static final String REMEMBERED =
      "SELECT request_hash, run_id FROM stowage.idempotency WHERE principal = $1 AND key = $2";
  private static final String RUN =
      """
      INSERT INTO stowage.run (id, queue_id, spec, priority, submitted_by, backfill_id, retry_of)
      VALUES ($1, $2, $3::text::jsonb, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id""";
  private static final String LIVE =
      """
      INSERT INTO stowage.live (run_id, queue_id, state, priority, max_attempts, timeout_ms, visible_at, expires_at,
        concurrency_key, concurrency_max, dedup_key, last_event)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)""";
  private static final String EVENT =
      """
      INSERT INTO stowage.event (run_id, n, at, type, message, data)
      VALUES ($1, 1, clock_timestamp(), 'submitted', $2, '{}')""";
  private static final String DEPTH =
      """
      SELECT q.max_depth, (SELECT count(*) FROM stowage.live l WHERE l.queue_id = q.id AND l.state < 3) AS depth
      FROM stowage.queue q WHERE q.id = $1 AND q.max_depth IS NOT NULL""";

  private final Database database;
  private final Waiters waiters;
  private final QueueMetrics metrics;

  Submissions(Database database, Waiters waiters, QueueMetrics metrics) {
    this.database = database;
    this.waiters = waiters;
    this.metrics = metrics;
  }

  /**
   * Queues the run, with its idempotency key, in one transaction.
   *
   * @param hash of the request, which must be the same where the key is used again
   * @throws StowageException {@code IDEMPOTENCY_KEY_REUSED}, {@code DUPLICATE} or {@code
   *     QUEUE_FULL}
   */
  public SubmitAnswer submit(NewRun run, @Nullable String idempotencyKey, String hash) {
    try {
      var answer = database.transaction(sql -> submit(sql, run, idempotencyKey, hash));
      if (!answer.replayed()) {
        metrics.submitted();
      }
      if (!answer.replayed() && answer.state().equals(RunState.QUEUED.word())) {
        waiters.wake(run.queue(), 1);
      }
      return answer;
    } catch (StowageException e) {
      if (e.getCause() instanceof RuntimeException cause
          && DatabaseErrors.violates(cause, "live_dedup")) {
        throw new StowageException(
            ErrorCode.DUPLICATE,
            "a live run has the dedup key '" + run.dedupKey() + "' already",
            e);
      }
      throw e;
    }
  }

  private SubmitAnswer submit(Sql sql, NewRun run, @Nullable String key, String hash) {
    if (key != null && sql.query(REMEMBER, run.submittedBy(), key, hash, run.id()).isEmpty()) {
      return replay(sql, run.submittedBy(), key, hash);
    }
    sql.first(DEPTH, run.queue())
        .ifPresent(row -> refuseFull(row.getInteger("max_depth"), row.getLong("depth")));
    RunState state = insert(sql, run);
    return new SubmitAnswer(run.id(), state.word(), false);
  }

  /** Inserts the run, if it is not there already. */
  private static RunState insert(Sql sql, NewRun run) {
    boolean later = run.notBefore() != null && run.notBefore().isAfter(Instant.now());
    boolean isNew =
        !sql.query(
                RUN,
                run.id(),
                run.queue(),
                Json.text(run.spec()),
                (short) run.priority(),
                run.submittedBy(),
                run.spec().backfill(),
                run.spec().retryOf())
            .isEmpty();
    if (!isNew) {
      return RunState.QUEUED;
    }
    RunState state = later ? RunState.SCHEDULED : ready(sql, run);
    var concurrency = Optional.ofNullable(run.concurrency());
    sql.query(
        LIVE,
        run.id(),
        run.queue(),
        state.live(),
        (short) run.priority(),
        (short) run.maxAttempts(),
        run.timeout() == null ? null : run.timeout().toMillis(),
        utc(run.notBefore()),
        utc(run.expires()),
        concurrency.map(each -> each.key()).orElse(null),
        concurrency.map(each -> each.max()).orElse(null),
        run.dedupKey());
    sql.query(EVENT, run.id(), "submitted by " + run.submittedBy());
    return state;
  }

  private static RunState ready(Sql sql, NewRun run) {
    var key = run.concurrency();
    return key == null || Concurrency.acquired(sql, key.key(), key.max())
        ? RunState.QUEUED
        : RunState.BLOCKED;
  }

  private static SubmitAnswer replay(Sql sql, String principal, String key, String hash) {
    var row = sql.first(REMEMBERED, principal, key).orElseThrow();
    if (!row.getString("request_hash").equals(hash)) {
      throw new StowageException(
          ErrorCode.IDEMPOTENCY_KEY_REUSED,
          "the idempotency key '" + key + "' was used for another request: take a new one");
    }
    UUID id = row.getUUID("run_id");
    return new SubmitAnswer(id, RunState.QUEUED.word(), true);
  }

  private static void refuseFull(int most, long depth) {
    if (depth >= most) {
      throw new StowageException(
          ErrorCode.QUEUE_FULL,
          "the queue is full: " + depth + " runs wait, and " + most + " may; try again later");
    }
  }

  static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}

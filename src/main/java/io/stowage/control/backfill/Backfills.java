package io.stowage.control.backfill;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.database.Uuids;
import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Json;
import io.stowage.protocol.Page;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes backfills, shows, pauses and cancels them. {@link Expander} turns them into runs, {@link
 * Nudge} has it look at once.
 */
public final class Backfills implements AutoCloseable {
  private static final String SUBMIT =
      """
      INSERT INTO stowage.backfill (id, queue, state, assets, overrides, tags, total, waiting, submitted_by, submitted_at, catalog_hash,
        plan, idempotency_key, request_hash)
      VALUES ($1, $2, 'running', $3::text::jsonb, $4::text::jsonb, $5::text::jsonb, $6, $6, $7, $8, $9, $10::text::jsonb, $11, $12)
      ON CONFLICT (submitted_by, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING RETURNING id""";
  private static final String REMEMBERED =
      "SELECT id, request_hash FROM stowage.backfill WHERE submitted_by = $1 AND idempotency_key = $2";

  /** Its cursor begins at the first run of the other that has not succeeded. */
  private static final String RETRY =
      """
      INSERT INTO stowage.backfill (id, queue, state, assets, overrides, tags, total, waiting, submitted_by, submitted_at, catalog_hash, plan, retry_of)
      SELECT $2, queue, 'running', assets, overrides, tags, total - succeeded, total - succeeded, $3, $4, catalog_hash, '{}', id
      FROM stowage.backfill WHERE id = $1 AND finished_at IS NOT NULL AND succeeded < total RETURNING id""";

  private static final String PAUSE =
      "UPDATE stowage.backfill SET state = 'paused', held_up = NULL WHERE id = $1 AND state IN ('running', 'paused') RETURNING id";
  private static final String RESUME =
      "UPDATE stowage.backfill SET state = 'running' WHERE id = $1 AND state IN ('running', 'paused') RETURNING id";
  private static final String CANCEL =
      """
      UPDATE stowage.backfill SET state = 'canceled', held_up = NULL, canceled_by = coalesce(canceled_by, $2)
      WHERE id = $1 AND finished_at IS NULL RETURNING id""";

  /** Some of one that ended before that time. */
  private static final String OLD =
      """
      SELECT id FROM stowage.backfill WHERE finished_at < clock_timestamp() - make_interval(secs => $1) ORDER BY id LIMIT 1""";

  private static final String FORGET_RUNS =
      """
      DELETE FROM stowage.backfill_run WHERE backfill_id = $1 AND place = ANY (ARRAY(
        SELECT place FROM stowage.backfill_run WHERE backfill_id = $1 ORDER BY place LIMIT 5000)) RETURNING 1""";
  private static final String FORGET_EDGES =
      """
      DELETE FROM stowage.backfill_edge WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM stowage.backfill_edge WHERE backfill_id = $1 LIMIT 5000)) RETURNING 1""";

  private final Database database;
  private final Expander expander;
  private final Nudge nudge;

  public Backfills(Database database, Expander expander, Nudge nudge) {
    this.database = database;
    this.expander = expander;
    this.nudge = nudge;
  }

  /** From now on they go on as soon as there is a reason. */
  public void start() {
    nudge.start(expander::expand);
  }

  /** Has all that have not ended go on, as far as can be done now. */
  public void expand() {
    expander.expand();
  }

  @Override
  public void close() {
    nudge.close();
  }

  /**
   * Who asks for what.
   *
   * @param catalog the hash of the one that the blueprint was made by
   * @param total how many partitions there are in the blueprint
   */
  public record Request(
      String queue,
      String catalog,
      Blueprint blueprint,
      int total,
      Map<String, Map<String, String>> overrides,
      Map<String, String> tags,
      Asked asked) {}

  /**
   * By whom, and whether again.
   *
   * @param key idempotency key
   * @param hash of the request, which must be the same where the key is used again
   */
  public record Asked(String by, @Nullable String key, String hash) {}

  /**
   * What was kept, or had been.
   *
   * @param replayed whether the idempotency key had been used for this very request before
   */
  public record Taken(UUID id, boolean replayed) {}

  /**
   * Keeps the backfill; the expander writes its runs down, and submits them.
   *
   * @throws StowageException {@code IDEMPOTENCY_KEY_REUSED}
   */
  public Taken submit(Request request) {
    Instant now = Instant.now();
    UUID id = Uuids.atTime(now);
    var written =
        database.query(
            SUBMIT,
            id,
            request.queue(),
            Json.text(Map.of("keys", request.blueprint().assets())),
            Json.text(request.overrides()),
            Json.text(request.tags()),
            request.total(),
            request.asked().by(),
            now.atOffset(ZoneOffset.UTC),
            request.catalog(),
            Json.text(request.blueprint()),
            request.asked().key(),
            request.asked().hash());
    if (written.isEmpty()) { // somebody was quicker
      return replay(request.asked()).orElseThrow();
    }
    nudge.nudge();
    return new Taken(id, false);
  }

  /**
   * What was kept by the key before; empty where it is new, or there is none.
   *
   * @throws StowageException {@code IDEMPOTENCY_KEY_REUSED} where it was used for another request
   */
  public Optional<Taken> replay(Asked asked) {
    if (asked.key() == null) {
      return Optional.empty();
    }
    return database
        .first(REMEMBERED, asked.by(), asked.key())
        .map(
            row -> {
              if (!row.getString("request_hash").equals(asked.hash())) {
                throw new StowageException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "the idempotency key '"
                        + asked.key()
                        + "' was used for another request: take a new one");
              }
              return new Taken(row.getUUID("id"), true);
            });
  }

  /**
   * A new backfill of what did not succeed in one that has ended.
   *
   * @throws StowageException {@code NOT_FOUND}; {@code CONFLICT} where it has not ended, or all of
   *     it succeeded
   */
  public BackfillView retry(UUID old, String by) {
    Instant now = Instant.now();
    UUID id = Uuids.atTime(now);
    if (database.query(RETRY, old, id, by, now.atOffset(ZoneOffset.UTC)).isEmpty()) {
      BackfillView view = backfill(old);
      throw conflict(
          old,
          view.finishedAt() == null
              ? "is " + view.state() + ": it can be retried when it has ended"
              : "has succeeded: nothing of it is left to retry");
    }
    nudge.nudge();
    return backfill(id);
  }

  /**
   * @throws StowageException {@code NOT_FOUND}
   */
  public BackfillView backfill(UUID id) {
    BackfillRow row = database.read(session -> session.find(BackfillRow.class, id));
    if (row == null) {
      throw new StowageException(ErrorCode.NOT_FOUND, "there is no backfill '" + id + "'");
    }
    return view(row);
  }

  /** Newest first. */
  public Page<BackfillView> list(@Nullable UUID before, int limit) {
    int most = Math.clamp(limit, 1, 200);
    UUID from = Objects.requireNonNullElse(before, new UUID(-1L, -1L));
    var rows =
        database.read(
            session ->
                session
                    .createSelectionQuery(
                        "from BackfillRow where id < :before order by id desc", BackfillRow.class)
                    .setParameter("before", from)
                    .setMaxResults(most + 1)
                    .getResultList());
    var views = rows.stream().limit(most).map(Backfills::view).toList();
    return new Page<>(views, rows.size() > most ? views.getLast().id().toString() : null);
  }

  /**
   * Submits no more of it; what is live goes on.
   *
   * @throws StowageException {@code NOT_FOUND}, or {@code CONFLICT} where it has ended
   */
  public BackfillView pause(UUID id) {
    return change(PAUSE, id);
  }

  /** As {@link #pause}: submits on. */
  public BackfillView resume(UUID id) {
    BackfillView view = change(RESUME, id);
    nudge.nudge();
    return view;
  }

  private BackfillView change(String statement, UUID id) {
    boolean changed = !database.query(statement, id).isEmpty();
    BackfillView view = backfill(id);
    if (!changed) {
      throw conflict(id, "has ended: it " + view.state());
    }
    return view;
  }

  /**
   * Cancels what waits and what is live; what has succeeded stands. It has ended when the last live
   * run has.
   */
  public BackfillView cancel(UUID id, String by) {
    if (database.query(CANCEL, id, by).isEmpty()) {
      throw conflict(id, "has ended: it " + backfill(id).state());
    }
    expander.expand(id);
    return backfill(id);
  }

  private static StowageException conflict(UUID id, String why) {
    return new StowageException(ErrorCode.CONFLICT, "backfill '" + id + "' " + why);
  }

  /** Forgets backfills that ended so long ago, in slices. */
  public void forget(Duration after) {
    var old = database.first(OLD, (double) after.toSeconds());
    while (old.isPresent()) {
      UUID id = old.map((Row row) -> row.getUUID("id")).orElseThrow();
      while (!database.query(FORGET_RUNS, id).isEmpty()
          || !database.query(FORGET_EDGES, id).isEmpty()) {
        // one slice after the other
      }
      database.query("DELETE FROM stowage.backfill WHERE id = $1", id);
      old = database.first(OLD, (double) after.toSeconds());
    }
  }

  private static List<String> assets(BackfillRow row) {
    return row.assets.get("keys") instanceof List<?> keys
        ? keys.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static BackfillView view(BackfillRow row) {
    var counts = new LinkedHashMap<String, Integer>();
    counts.put("waiting", row.waiting);
    counts.put("live", row.live);
    counts.put("succeeded", row.succeeded);
    counts.put("failed", row.failed);
    counts.put("skipped", row.skipped);
    counts.put("canceled", row.canceled);
    return new BackfillView(
        row.id,
        row.queue,
        row.state,
        assets(row),
        row.total,
        counts,
        row.heldUp,
        row.retryOf,
        row.submittedBy,
        row.submittedAt,
        row.finishedAt);
  }
}

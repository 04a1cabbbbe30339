package io.stowage.control.queue;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.database.Database.Sql;
import io.stowage.control.database.DatabaseErrors;
import io.stowage.control.queue.Delivery.Ready;
import io.stowage.control.queue.SubmitBatch.Result;
import io.stowage.protocol.SubmitAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes runs into the queue; what is submitted at the same time goes in one statement. */
public final class Submissions {
  private static final String REMEMBERED =
      """
      SELECT i.request_hash, i.run_id, l.state, r.outcome FROM stowage.idempotency i
      LEFT JOIN stowage.live l ON l.run_id = i.run_id LEFT JOIN stowage.run r ON r.id = i.run_id
      WHERE i.principal = $1 AND i.key = $2""";

  private static final String DRAINING =
      "the queue is being drained: it takes no runs until resumed";
  private static final String FULL = "the queue is full: try again later";

  private final Database database;
  private final Delivery delivery;
  private final QueueMetrics metrics;
  private final Coalescer<Entry, Result> calls;

  /**
   * One run to be queued.
   *
   * @param key idempotency key
   * @param hash of the request, which must be the same where the key is used again
   * @param catalog hash of the one that the run was checked against, where it is to be taken only
   *     while that is the queue's current one
   */
  public record Entry(NewRun run, @Nullable String key, String hash, @Nullable String catalog) {
    public Entry(NewRun run, @Nullable String key, String hash) {
      this(run, key, hash, null);
    }
  }

  /**
   * The answer to an entry, or why it was refused.
   *
   * @param outdated whether it was, since the queue has another catalog than the entry was checked
   *     against
   */
  public record Outcome(
      @Nullable SubmitAnswer answer, @Nullable StowageException refused, boolean outdated) {
    public Outcome(@Nullable SubmitAnswer answer, @Nullable StowageException refused) {
      this(answer, refused, false);
    }

    public SubmitAnswer orThrow() {
      if (answer == null) {
        throw refused == null
            ? new IllegalStateException("neither an answer nor a refusal")
            : refused;
      }
      return answer;
    }
  }

  Submissions(Database database, Delivery delivery, QueueMetrics metrics, Grouping grouping) {
    this.database = database;
    this.delivery = delivery;
    this.metrics = metrics;
    this.calls =
        grouping.coalescer(
            "submit", metrics, entries -> SubmitBatch.execute(database::query, entries));
  }

  /**
   * Queues the run, with its idempotency key, or nothing. A run whose derived id is there already
   * is left as it is.
   *
   * @param hash of the request, which must be the same where the key is used again
   * @throws StowageException {@code IDEMPOTENCY_KEY_REUSED}, {@code DUPLICATE}, {@code
   *     QUEUE_DRAINING} or {@code QUEUE_FULL}
   */
  public SubmitAnswer submit(NewRun run, @Nullable String idempotencyKey, String hash) {
    return submit(new Entry(run, idempotencyKey, hash)).orThrow();
  }

  /** The same, with what became of it in place of an exception. */
  public Outcome submit(Entry entry) {
    return entry.run().isKeyed() ? submitAll(List.of(entry)).getFirst() : outcome(entry);
  }

  private Outcome outcome(Entry entry) {
    Result result;
    try {
      result = metrics.timed("submit", () -> calls.call(entry));
    } catch (StowageException e) {
      return new Outcome(null, duplicate(entry, e));
    }
    return told(List.of(entry), List.of(result)).getFirst();
  }

  /** Queues many, in one transaction; an outcome for each, in their order. */
  public List<Outcome> submitAll(List<Entry> entries) {
    List<Result> results;
    try {
      results =
          entries.stream().anyMatch(entry -> entry.run().isKeyed())
              ? database.transaction(sql -> writeKeyed(sql, entries))
              : SubmitBatch.execute(database::query, entries);
    } catch (StowageException e) {
      if (entries.size() == 1) {
        return List.of(new Outcome(null, duplicate(entries.getFirst(), e)));
      }
      if (e.code() == ErrorCode.UNAVAILABLE) {
        throw e;
      }
      // One of them cannot be stored: each for itself tells which.
      return entries.stream().map(entry -> submitAll(List.of(entry)).getFirst()).toList();
    }
    return told(entries, results);
  }

  /**
   * What a caller's transaction wrote, to be {@link #told} of once that is committed.
   *
   * @param results one for each entry
   */
  public record Written(List<Entry> entries, List<Result> results) {
    /** Whether the run is there, by this or an earlier write. */
    public boolean isThere(int entry) {
      Result result = results.get(entry);
      return result.state() != null || !result.draining() && result.room() && !result.duplicate();
    }

    /** Why the queue did not take all of them; empty where it did. */
    public Optional<String> refusal() {
      return results.stream()
          .filter(result -> result.state() == null)
          .filter(result -> result.draining() || !result.room())
          .findFirst()
          .map(result -> result.draining() ? DRAINING : FULL);
    }
  }

  /** As {@link #submitAll}, as a part of the caller's transaction; none has an idempotency key. */
  public Written write(Sql sql, List<Entry> entries) {
    return new Written(entries, writeKeyed(sql, entries));
  }

  /** Has workers hear of what was written and is committed by now. */
  public void told(Written written) {
    told(written.entries(), written.results());
  }

  /** Those with concurrency keys take units of them, after all keys were locked in their order. */
  private static List<Result> writeKeyed(Sql sql, List<Entry> entries) {
    var results = new ArrayList<>(SubmitBatch.execute(sql, entries));
    int[] blocked =
        IntStream.range(0, entries.size()).filter(i -> isBlocked(results.get(i))).toArray();
    var keys = new TreeMap<String, Integer>();
    for (int i : blocked) {
      entries.get(i).run().concurrency().forEach(key -> keys.put(key.key(), key.max()));
    }
    if (!keys.isEmpty()) {
      Concurrency.lock(sql, keys);
    }
    for (int i : blocked) {
      if (Concurrency.queued(sql, entries.get(i).run())) {
        results.set(i, new Result(RunState.QUEUED.live(), true, false, false, false));
      }
    }
    return results;
  }

  private static boolean isBlocked(Result result) {
    return result.state() != null && result.state() == RunState.BLOCKED.live();
  }

  private List<Outcome> told(List<Entry> entries, List<Result> results) {
    var ready = new ArrayList<Ready>();
    var outcomes = new ArrayList<Outcome>();
    for (int i = 0; i < entries.size(); i++) {
      NewRun run = entries.get(i).run();
      Short state = results.get(i).state();
      if (state == null) {
        outcomes.add(notWritten(entries.get(i), results.get(i)));
        continue;
      }
      metrics.submitted();
      outcomes.add(
          new Outcome(new SubmitAnswer(run.id(), RunState.of(state, null).word(), false), null));
      if (state == RunState.QUEUED.live()) {
        ready.add(new Ready(run.queue(), run.id()));
      }
    }
    delivery.ready(ready);
    return outcomes;
  }

  private Outcome notWritten(Entry entry, Result result) {
    try {
      if (entry.key() != null) {
        var before = replay(entry.run().submittedBy(), entry.key(), entry.hash());
        if (before.isPresent()) {
          return new Outcome(before.get(), null);
        }
      }
    } catch (StowageException e) {
      return new Outcome(null, e);
    }
    if (result.outdated()) {
      return new Outcome(
          null,
          new StowageException(
              ErrorCode.UNAVAILABLE, "the queue has got another catalog just now: try again"),
          true);
    }
    if (result.draining()) {
      return refused(ErrorCode.QUEUE_DRAINING, DRAINING);
    }
    if (!result.room()) {
      return refused(ErrorCode.QUEUE_FULL, FULL);
    }
    if (result.duplicate()) {
      return refused(ErrorCode.DUPLICATE, isLive(entry));
    }
    return new Outcome(new SubmitAnswer(entry.run().id(), RunState.QUEUED.word(), true), null);
  }

  private static Outcome refused(ErrorCode code, String message) {
    return new Outcome(null, new StowageException(code, message));
  }

  private static StowageException duplicate(Entry entry, StowageException e) {
    return DatabaseErrors.violates(e, "live_dedup")
        ? new StowageException(ErrorCode.DUPLICATE, isLive(entry), e)
        : e;
  }

  private static String isLive(Entry entry) {
    return "a live run has the dedup key '" + entry.run().dedupKey() + "' already";
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
}

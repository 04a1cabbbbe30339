package io.stowage.control;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.control.database.Uuids;
import io.stowage.control.ledger.Catalogs;
import io.stowage.control.ledger.Catalogs.Catalog;
import io.stowage.control.ledger.DynamicPartitions;
import io.stowage.control.ledger.Runs;
import io.stowage.control.queue.NewRun;
import io.stowage.control.queue.QueueStatistics;
import io.stowage.control.queue.RunQueue;
import io.stowage.control.queue.Submissions.Entry;
import io.stowage.control.queue.Submissions.Outcome;
import io.stowage.plan.CronUtilsSchedules;
import io.stowage.protocol.DeadRun;
import io.stowage.protocol.Json;
import io.stowage.protocol.RedriveRequest;
import io.stowage.protocol.RedriveRequest.Redriven;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks what is asked for against the queue's catalog, and queues it. */
public final class RunRequests {
  private static final String DEFAULT_QUEUE = "default";
  private static final int PRIORITY = 5;
  private static final int ATTEMPTS = 4;
  private static final int MOST_REDRIVEN = 100;

  private final RunQueue queue;
  private final QueueStatistics statistics;
  private final Catalogs catalogs;
  private final Runs runs;
  private final DynamicPartitions dynamic;
  private final CronUtilsSchedules crons = new CronUtilsSchedules();

  RunRequests(
      RunQueue queue,
      QueueStatistics statistics,
      Catalogs catalogs,
      Runs runs,
      DynamicPartitions dynamic) {
    this.queue = queue;
    this.statistics = statistics;
    this.catalogs = catalogs;
    this.runs = runs;
    this.dynamic = dynamic;
  }

  SubmitAnswer submit(SubmitRequest request, @Nullable String idempotencyKey, String principal) {
    String hash = idempotencyKey == null ? "" : Json.hash(request);
    var taken =
        catalogs
            .lastOfQueue(queueOf(request))
            .flatMap(last -> submit(request, last, idempotencyKey, hash, principal));
    if (taken.isPresent()) {
      return taken.get();
    }
    try {
      NewRun run = newRun(request, catalog(queueOf(request)), context(), principal);
      return queue.submissions().submit(run, idempotencyKey, hash);
    } catch (Rejected e) {
      // What was accepted once is answered as it was, also where the catalog has changed since.
      return Optional.ofNullable(idempotencyKey)
          .flatMap(key -> queue.submissions().replay(principal, key, hash))
          .orElseThrow(() -> e);
    }
  }

  /**
   * By a catalog that most often still is the current one, which the statement that takes the run
   * finds out by the way; empty where it is not, or may not be.
   */
  private Optional<SubmitAnswer> submit(
      SubmitRequest request,
      Catalog last,
      @Nullable String idempotencyKey,
      String hash,
      String principal) {
    NewRun run;
    try {
      run = newRun(request, last, context(), principal);
    } catch (Rejected e) {
      return Optional.empty();
    }
    var outcome = queue.submissions().submit(new Entry(run, idempotencyKey, hash, last.hash()));
    return outcome.outdated() ? Optional.empty() : Optional.of(outcome.orThrow());
  }

  /**
   * Takes or refuses each, all in one transaction; an outcome for each, in their order.
   *
   * @param principal who asks for it; throws where he may not
   */
  public List<Outcome> submitAll(
      List<SubmitRequest> requests, Function<SubmitRequest, String> principal) {
    var current = new HashMap<String, Catalog>(); // each queue is asked once
    var context = context();
    var outcomes = new ArrayList<@Nullable Outcome>();
    var entries = new ArrayList<Entry>();
    for (SubmitRequest request : requests) {
      try {
        String who = principal.apply(request); // before anything is told of what there is
        Catalog catalog = current.computeIfAbsent(queueOf(request), this::catalog);
        NewRun run = newRun(request, catalog, context, who);
        entries.add(new Entry(run, null, ""));
        outcomes.add(null);
      } catch (StowageException e) {
        outcomes.add(new Outcome(null, e));
      }
    }
    var taken = queue.submissions().submitAll(entries).iterator();
    return outcomes.stream().map(refused -> refused == null ? taken.next() : refused).toList();
  }

  /**
   * What would be queued, without queueing it.
   *
   * @throws Rejected with all that is wrong with it
   */
  public RunSpec check(SubmitRequest request) {
    return submission(catalog(queueOf(request)), context()).check(request, null);
  }

  private static String queueOf(SubmitRequest request) {
    return Objects.requireNonNullElse(request.queue(), DEFAULT_QUEUE);
  }

  private NewRun newRun(
      SubmitRequest request, Catalog catalog, PartitionContext context, String principal) {
    RunSpec spec = submission(catalog, context).check(request, null);
    return new NewRun(
        Uuids.atTime(Clock.systemUTC().instant()),
        false,
        statistics.queueId(queueOf(request)),
        retrying(spec, request.retry()),
        Objects.requireNonNullElse(request.priority(), PRIORITY),
        attempts(request.retry()),
        request.timeout(),
        request.notBefore(),
        request.expires(),
        Objects.requireNonNullElse(request.concurrency(), List.of()),
        request.dedupKey(),
        principal);
  }

  private static int attempts(SubmitRequest.@Nullable Retry retry) {
    return retry == null ? ATTEMPTS : Objects.requireNonNullElse(retry.maxAttempts(), ATTEMPTS);
  }

  private static RunSpec retrying(RunSpec spec, SubmitRequest.@Nullable Retry retry) {
    return retry == null || retry.on() == null ? spec : spec.retryingOn(retry.on());
  }

  /**
   * The queue's current catalog.
   *
   * @throws StowageException {@code UNKNOWN_ASSET} where it has none yet
   */
  Catalog catalog(String queue) {
    return catalogs
        .ofQueue(queue)
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.UNKNOWN_ASSET,
                    "queue '"
                        + queue
                        + "' has no catalog yet: start a worker that pulls from it, so that it is"
                        + " known what can run"));
  }

  Submission submission(Catalog catalog, PartitionContext context) {
    return new Submission(catalog, context, runs::run);
  }

  PartitionContext context() {
    return dynamic.context().withCrons(crons);
  }

  /** What partitions there were at that time, of dynamic ones those that there are. */
  PartitionContext contextAt(Instant time) {
    PartitionContext now = context();
    return new PartitionContext(time, now.dynamicKeys(), now.crons());
  }

  /**
   * A new run of what the old one was asked for, with its concurrency keys and attempts.
   *
   * @param from {@code failure}, where what the old one committed is not computed again; {@code
   *     all}; null for the first, unless the old one succeeded
   * @throws StowageException {@code CONFLICT} where the old one has not ended
   */
  public SubmitAnswer retry(UUID id, @Nullable String from, String principal) {
    if (from != null && !from.equals("failure") && !from.equals("all")) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST,
          "a run is retried from 'failure' or from 'all', not from '" + from + "'");
    }
    RunView old = runs.run(id);
    if (old.finishedAt() == null) {
      throw new StowageException(
          ErrorCode.CONFLICT,
          "run '" + id + "' is " + old.state() + ": it can be retried when it has ended");
    }
    return queue.submissions().submit(again(old, from, principal), null, "");
  }

  /**
   * Has new runs take the place of dead ones; they go on where those failed. One that is not dead,
   * or whose place was taken, is left out.
   */
  public RedriveRequest.Answer redrive(RedriveRequest request, String principal) {
    int most = Objects.requireNonNullElse(request.limit(), MOST_REDRIVEN);
    List<UUID> dead =
        request.runs() != null
            ? request.runs()
            : queue
                .deadLetters()
                .list(request.queue(), request.reason(), null, most)
                .items()
                .stream()
                .map(DeadRun::id)
                .toList();
    return new RedriveRequest.Answer(
        dead.stream().limit(most).flatMap(id -> redrive(id, principal).stream()).toList());
  }

  private Optional<Redriven> redrive(UUID dead, String principal) {
    NewRun again = again(runs.run(dead), null, principal);
    if (!queue.deadLetters().mark(dead, again.id())) {
      return Optional.empty();
    }
    try {
      queue.submissions().submit(again, null, "");
    } catch (StowageException e) {
      queue.deadLetters().unmark(dead, again.id());
      throw e;
    }
    return Optional.of(new Redriven(dead, again.id()));
  }

  private NewRun again(RunView old, @Nullable String from, String principal) {
    var policy = runs.policy(old.id());
    return new NewRun(
        Uuids.atTime(Clock.systemUTC().instant()),
        false,
        statistics.queueId(old.queue()),
        spec(old, from),
        old.priority(),
        policy.maxAttempts(),
        old.spec().timeout(),
        null,
        null,
        policy.concurrency(),
        null,
        principal);
  }

  private static RunSpec spec(RunView old, @Nullable String from) {
    boolean goesOn =
        RunKind.ASSET.word().equals(old.spec().kind())
            && (from == null ? !old.state().equals("succeeded") : from.equals("failure"));
    Map<String, String> options = new HashMap<>(old.spec().options());
    options.remove(RunSpec.FROM_FAILURE);
    if (goesOn) {
      options.put(RunSpec.FROM_FAILURE, "true");
    }
    return new RunSpec(
        old.spec().jobName(),
        old.spec().assets(),
        old.spec().partitions(),
        old.spec().overrides(),
        old.spec().tags(),
        old.spec().timeout(),
        null,
        old.id(),
        old.spec().kind(),
        options);
  }
}

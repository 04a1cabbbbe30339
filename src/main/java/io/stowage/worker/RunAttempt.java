package io.stowage.worker;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.engine.RunResult;
import io.stowage.engine.RunScope;
import io.stowage.engine.StepOutcome;
import io.stowage.plan.RunPlan;
import io.stowage.plan.RunRequest;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.Completion;
import io.stowage.protocol.EventsRequest.NewEvent;
import io.stowage.protocol.Lease;
import io.stowage.protocol.ReleaseRequest;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunSpec;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One lease: plans the run, executes it, and tells the control plane how it ended. */
final class RunAttempt {
  private static final System.Logger LOG = System.getLogger(RunAttempt.class.getName());
  private static final Duration LONGEST_DELAY = Duration.ofDays(1);

  private final Execution execution;
  private final ControlPlane.Session session;
  private final LeaseHold hold;
  private final IntSupplier wanted;
  private List<Lease> next = List.of();
  private List<NewEvent> events = List.of();
  private @Nullable Duration retryAfter;

  /**
   * @param wanted how many leases the answer to its end may bring
   */
  RunAttempt(
      Execution execution, ControlPlane.Session session, LeaseHold hold, IntSupplier wanted) {
    this.execution = execution;
    this.session = session;
    this.hold = hold;
    this.wanted = wanted;
  }

  /** What the answer to its end brought. */
  List<Lease> next() {
    return next;
  }

  /** How a lease ended, for who counts. */
  enum End {
    RECORDED,
    RELEASED,
    LOST
  }

  /** Tells the control plane how the attempt ended. */
  interface Ending {
    End complete(
        String outcome,
        boolean retry,
        @Nullable Map<String, Object> result,
        @Nullable Map<String, Object> error);
  }

  End run() {
    String word = hold.lease().run().kind();
    Optional<RunKind> kind = RunKind.find(word);
    if (kind.isEmpty()) {
      return complete(
          "failed",
          true, // a newer worker may know it
          null,
          error(
              ErrorCode.UPGRADE_REQUIRED,
              "this worker executes runs of "
                  + RunKind.words()
                  + ", not of kind '"
                  + word
                  + "': upgrade it",
              List.of()));
    }
    return switch (kind.get()) {
      case ASSET -> assets();
      case SWEEP, WIPE ->
          whole(new SweepAttempt(execution, session, hold, this::complete)::run, _ -> List.of());
      case PREVIEW ->
          whole(
              new PreviewAttempt(execution, session, hold, this::complete)::run, RunAttempt::cause);
    };
  }

  /**
   * A run that has no steps: what stops its work ends it.
   *
   * @param causes of a failure, as they are told
   */
  private End whole(Supplier<End> work, Function<StowageException, List<String>> causes) {
    try {
      return work.get();
    } catch (StowageException e) {
      return switch (hold.state()) {
        case LOST -> End.LOST;
        case RELEASE -> release("the worker was told to stop");
        case CANCEL ->
            complete("canceled", false, null, error(ErrorCode.CANCELED, "canceled", List.of()));
        case HELD ->
            e.code() == ErrorCode.UNKNOWN_ASSET
                ? release(ReleaseRequest.UNKNOWN_ASSET)
                : failed(e, causes.apply(e));
      };
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "run " + hold.lease().runId() + " failed by a fault of the worker", e);
      var fault = new StowageException(ErrorCode.INTERNAL_ERROR, e.toString(), e);
      return failed(fault, causes.apply(fault));
    }
  }

  private static List<String> cause(StowageException e) {
    return e.getCause() == null ? List.of() : List.of(e.getCause().toString());
  }

  private End assets() {
    Lease lease = hold.lease();
    RunPlan plan;
    try {
      plan =
          RunPlan.of(
              request(lease),
              execution.graph(),
              execution.partitions(this::dynamicKeys),
              execution.mappings());
    } catch (StowageException e) {
      return notPlanned(e);
    }
    try (var ledger = new LeaseLedger(session, hold);
        var managers = execution.managers(lease.run().overrides())) {
      var scope =
          new RunScope(
              execution.graph(),
              execution.functions(),
              managers,
              ledger,
              lease.committed().stream()
                  .map(
                      each ->
                          new RunScope.Committed(
                              each.step(),
                              each.output(),
                              LeaseLedger.materialization(each.materialization())))
                  .toList(),
              lease.leftOut().stream()
                  .map(each -> new RunScope.LeftOut(each.step(), each.output(), each.partition()))
                  .toList(),
              hold,
              lease.attempt(),
              lease.leaseId().toString(),
              lease.fence());
      RunResult result = execution.engine().run(plan, scope);
      return ended(result, ledger);
    } catch (StowageException e) {
      return failed(e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "run " + lease.runId() + " failed by a fault of the worker", e);
      return failed(new StowageException(ErrorCode.INTERNAL_ERROR, e.toString(), e));
    }
  }

  private static RunRequest request(Lease lease) {
    RunSpec run = lease.run();
    return new RunRequest(
        lease.runId().toString(),
        run.jobName(),
        run.assets().stream().map(AssetKey::of).toList(),
        run.partitions(),
        run.tags(),
        run.overrides());
  }

  private List<String> dynamicKeys(String definition) {
    return Patience.call(
        () -> session.dynamicKeys(definition), () -> hold.state() != LeaseHold.State.LOST);
  }

  private End notPlanned(StowageException e) {
    if (e.code() == ErrorCode.UNKNOWN_ASSET) {
      LOG.log(Level.WARNING, "run {0} is given back: {1}", hold.lease().runId(), e.getMessage());
      return release(ReleaseRequest.UNKNOWN_ASSET);
    }
    return failed(e);
  }

  /** By itself, not by a step. */
  private End failed(StowageException e) {
    return failed(e, List.of());
  }

  private End failed(StowageException e, List<String> causes) {
    return complete(
        "failed",
        hold.lease().run().retries(e.kind()),
        null,
        error(e.code(), String.valueOf(e.getMessage()), causes));
  }

  private End ended(RunResult result, LeaseLedger ledger) {
    if (result.lost() || hold.state() == LeaseHold.State.LOST) {
      LOG.log(
          Level.WARNING,
          "run {0}: the lease was lost, another worker goes on",
          hold.lease().runId());
      return End.LOST;
    }
    if (hold.state() == LeaseHold.State.RELEASE) {
      ledger.flush();
      return release("the worker was told to stop");
    }
    events = ledger.rest();
    var counts = new LinkedHashMap<String, Object>(Map.of("steps", result.counts()));
    if (result.canceled()) {
      return complete("canceled", false, counts, error(ErrorCode.CANCELED, "canceled", List.of()));
    }
    if (result.succeeded()) {
      return complete("succeeded", false, counts, null);
    }
    StepOutcome.Failed failure =
        result
            .failure()
            .orElseThrow(() -> new IllegalStateException("a run failed without a failure"));
    retryAfter = failure.retryAfter();
    return complete(
        "failed",
        hold.lease().run().retries(failure.code().kind()),
        counts,
        error(failure.code(), failure.message(), failure.causes()));
  }

  static Map<String, Object> error(ErrorCode code, String message, List<String> causes) {
    var error = new LinkedHashMap<String, Object>();
    error.put("code", code.word());
    error.put("kind", code.kind().word());
    error.put("message", message);
    error.put("causes", causes);
    return error;
  }

  private End complete(
      String outcome,
      boolean retry,
      @Nullable Map<String, Object> result,
      @Nullable Map<String, Object> error) {
    UUID lease = hold.lease().leaseId();
    var request =
        new CompleteRequest(
            List.of(
                new Completion(
                    lease,
                    hold.lease().runId(),
                    outcome,
                    retry,
                    result,
                    error,
                    retryAfter(),
                    events)),
            wanted.getAsInt());
    try {
      var answer =
          Patience.call(
              () -> session.complete(request), () -> hold.state() != LeaseHold.State.LOST);
      next = answer.leases();
      return answer.answers().getFirst().state().equals("lease_lost") ? End.LOST : End.RECORDED;
    } catch (StowageException e) {
      LOG.log(
          Level.WARNING,
          "run {0}: its end was not recorded: {1}",
          hold.lease().runId(),
          e.getMessage());
      return End.LOST;
    }
  }

  private @Nullable Duration retryAfter() {
    return retryAfter == null || retryAfter.compareTo(LONGEST_DELAY) < 0
        ? retryAfter
        : LONGEST_DELAY;
  }

  private End release(String reason) {
    try {
      session.release(hold.lease().runId(), hold.lease().leaseId(), reason);
      return End.RELEASED;
    } catch (StowageException e) {
      return End.LOST; // the reaper gives it to another worker
    }
  }
}

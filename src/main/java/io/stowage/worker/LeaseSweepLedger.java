package io.stowage.worker;

import io.stowage.api.ErrorCode;
import io.stowage.api.Materialization;
import io.stowage.api.StoredWrite;
import io.stowage.api.StowageException;
import io.stowage.engine.StepEvent;
import io.stowage.protocol.DeletedRequest;
import io.stowage.protocol.KnownObjectsAnswer.Standing;
import io.stowage.protocol.KnownObjectsRequest;
import io.stowage.protocol.MarkAnswer;
import io.stowage.protocol.MarkRequest;
import io.stowage.protocol.RemovalsAnswer;
import io.stowage.protocol.RemovalsRequest;
import io.stowage.worker.sweep.SweepLedger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger of a lease on a run that removes. */
final class LeaseSweepLedger implements SweepLedger {
  private final ControlPlane.Session session;
  private final LeaseHold hold;
  private final LeaseLedger events;
  private final Clock clock;

  LeaseSweepLedger(ControlPlane.Session session, LeaseHold hold, LeaseLedger events, Clock clock) {
    this.session = session;
    this.hold = hold;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Found leftovers(Query query, @Nullable String from) {
    return found(request(query, true, from));
  }

  @Override
  public Found removable(Query query, @Nullable String from) {
    return found(request(query, false, from));
  }

  private Found found(RemovalsRequest request) {
    RemovalsAnswer answer = call(() -> session.removals(lease(), request));
    List<Materialization> materializations =
        answer.items().stream().map(LeaseLedger::materialization).toList();
    return new Found(answer.total(), answer.bytes(), materializations, answer.cursor());
  }

  private RemovalsRequest request(Query query, boolean leftovers, @Nullable String from) {
    return new RemovalsRequest(
        run(),
        query.asset().toString(),
        query.partitions(),
        query.options(),
        query.everything(),
        leftovers,
        from);
  }

  /**
   * A mark whose answer was lost is made again, and says then that nothing was marked: what the
   * first one marked is left over for a later sweep.
   */
  @Override
  public Marked mark(Query query, List<String> ids) {
    var request =
        new MarkRequest(request(query, false, null), ids.stream().map(UUID::fromString).toList());
    MarkAnswer answer = call(() -> session.mark(lease(), request));
    return new Marked(
        answer.marked().stream().map(UUID::toString).collect(Collectors.toSet()),
        answer.deletable());
  }

  @Override
  public void deleted(List<String> ids) {
    var request = new DeletedRequest(run(), ids.stream().map(UUID::fromString).toList());
    call(
        () -> {
          session.deleted(lease(), request);
          return request;
        });
  }

  @Override
  public List<Standing> standings(List<Asked> objects) {
    var request =
        new KnownObjectsRequest(run(), objects.stream().map(LeaseSweepLedger::asked).toList());
    return call(() -> session.known(lease(), request)).standings().stream()
        .map(Standing::of)
        .toList();
  }

  @Override
  public Optional<Instant> underWaySince() {
    var nothing = new KnownObjectsRequest(run(), List.of());
    return Optional.ofNullable(call(() -> session.known(lease(), nothing)).underWaySince());
  }

  /** An object whose labels are no ids was written by somebody else. */
  private static KnownObjectsRequest.Asked asked(Asked asked) {
    StoredWrite.Origin origin = asked.origin();
    UUID run = null;
    UUID lease = null;
    try {
      if (origin != null) {
        String under = origin.lease();
        lease = under == null ? null : UUID.fromString(under);
        run = UUID.fromString(origin.run());
      }
    } catch (IllegalArgumentException _) {
      lease = null;
    }
    return new KnownObjectsRequest.Asked(asked.location().toString(), run, lease);
  }

  /** Sent at once: an event names all of a page's objects, and many of them are a large message. */
  @Override
  public void tell(String type, String message, Map<String, Object> data) {
    events.record(new StepEvent(clock.instant(), type, null, null, message, data));
    events.flush();
  }

  private UUID lease() {
    return hold.lease().leaseId();
  }

  private UUID run() {
    return hold.lease().runId();
  }

  private <T> T call(Supplier<T> call) {
    try {
      return Patience.call(call, () -> hold.state() != LeaseHold.State.LOST);
    } catch (StowageException e) {
      if (e.code() == ErrorCode.LEASE_LOST || e.code() == ErrorCode.SESSION_GONE) {
        hold.lose();
      }
      throw e;
    }
  }
}

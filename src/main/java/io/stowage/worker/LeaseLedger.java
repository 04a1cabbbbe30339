package io.stowage.worker;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.Materialization;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.engine.CommitResult;
import io.stowage.engine.Ledger;
import io.stowage.engine.LoadedInput;
import io.stowage.engine.StepCommit;
import io.stowage.engine.StepEvent;
import io.stowage.protocol.AsOf;
import io.stowage.protocol.CommitAnswer;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.EventsRequest;
import io.stowage.protocol.EventsRequest.NewEvent;
import io.stowage.protocol.LatestRequest;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.ReadInput;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one lease: every call bears the lease, and fails once that is lost. Events are sent
 * in batches, in order, and none waits for long: a step may take an hour.
 */
final class LeaseLedger implements Ledger, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LeaseLedger.class.getName());
  private static final int BATCH = 100;
  private static final Duration LONGEST_WAIT = Duration.ofMillis(300);

  private final ControlPlane.Session session;
  private final LeaseHold hold;
  private final List<NewEvent> waiting = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock sending = new ReentrantLock();

  LeaseLedger(ControlPlane.Session session, LeaseHold hold) {
    this.session = session;
    this.hold = hold;
  }

  @Override
  public List<Materialization> latest(AssetKey asset, List<String> partitions) {
    var views =
        Patience.call(
            () ->
                session.latest(
                    new LatestRequest(asset.toString(), partitions, past().orElse(null))),
            held());
    var byPartition = new LinkedHashMap<String, Materialization>();
    views.forEach(view -> byPartition.put(view.partition(), materialization(view.readable())));
    return partitions.stream().map(byPartition::get).filter(java.util.Objects::nonNull).toList();
  }

  private Optional<AsOf> past() {
    return hold.lease().run().asOf();
  }

  @Override
  public Optional<String> asOf() {
    return past().map(AsOf::by);
  }

  @Override
  public Optional<Materialization> newest(AssetKey asset) {
    var views =
        Patience.call(() -> session.latest(new LatestRequest(asset.toString(), List.of())), held());
    return views.stream().findFirst().map(LeaseLedger::materialization);
  }

  static Materialization materialization(MaterializationView view) {
    var metadata = new LinkedHashMap<String, MetadataValue>();
    view.metadata().forEach((label, data) -> metadata.put(label, MetadataValue.fromData(data)));
    return new Materialization(
        view.id().toString(),
        AssetKey.of(view.asset()),
        view.partition(),
        view.runId().toString(),
        object(view),
        metadata,
        view.committedAt());
  }

  private static @Nullable StoredObject object(MaterializationView view) {
    return view.location() == null
        ? null
        : new StoredObject(
            URI.create(view.location()),
            view.etag(),
            view.checksum(),
            view.bytes(),
            view.rows(),
            view.schemaFingerprint());
  }

  /**
   * Brings along what the step recorded before, so that its events stand in the order in which they
   * happened.
   */
  @Override
  public CommitResult commit(StepCommit commit) {
    if (hold.state() == LeaseHold.State.LOST) {
      throw new StowageException(
          ErrorCode.LEASE_LOST,
          "the lease was lost before '" + commit.output() + "' was committed");
    }
    var events = taken(event -> event.step() == null || event.step().equals(commit.step()));
    CommitRequest request = request(commit, events);
    CommitAnswer answer;
    try {
      answer = Patience.call(() -> session.commit(hold.lease().leaseId(), request), held());
    } catch (StowageException e) {
      if (e.code() == ErrorCode.LEASE_LOST
          || e.code() == ErrorCode.SESSION_GONE
          || e.kind() == ErrorKind.TRANSIENT) {
        // Without an answer it is not known whether the commit was made: nothing may be said under
        // this lease any more.
        hold.lose();
        throw new StowageException(ErrorCode.LEASE_LOST, String.valueOf(e.getMessage()), e);
      }
      putBack(events); // nothing of the call was recorded
      throw e;
    }
    return new CommitResult(answer.materializationId().toString(), answer.superseded());
  }

  private CommitRequest request(StepCommit commit, List<NewEvent> events) {
    StoredObject object = commit.object();
    return new CommitRequest(
        commit.commitId(),
        hold.lease().runId(),
        commit.step(),
        commit.output(),
        commit.asset().toString(),
        commit.partition(),
        object == null ? null : object.location().toString(),
        object == null ? null : object.etag(),
        object == null ? null : object.checksum(),
        object == null ? -1 : object.bytes(),
        object == null ? -1 : object.rows(),
        object == null ? null : object.schemaFingerprint(),
        data(commit.metadata()),
        commit.read().stream().map(LeaseLedger::read).toList(),
        commit.beside().stream()
            .map(
                beside ->
                    new CommitRequest.Beside(beside.asset().toString(), data(beside.metadata())))
            .toList(),
        events);
  }

  @SuppressWarnings("NullAway") // a value of metadata may be null, which JSON has a word for
  private static Map<String, Map<String, Object>> data(Map<String, MetadataValue> metadata) {
    var data = new LinkedHashMap<String, Map<String, Object>>();
    metadata.forEach((label, value) -> data.put(label, value.toData()));
    return data;
  }

  private static ReadInput read(LoadedInput loaded) {
    String id = loaded.materializationId();
    return new ReadInput(
        loaded.input(),
        loaded.asset().toString(),
        loaded.partition(),
        id == null ? null : UUID.fromString(id),
        loaded.location(),
        loaded.rows());
  }

  @Override
  public void record(StepEvent event) {
    lock.lock();
    boolean first;
    boolean full;
    try {
      first = waiting.isEmpty();
      waiting.add(
          new NewEvent(
              event.at(),
              event.type(),
              event.step(),
              event.partition(),
              event.message(),
              event.data()));
      full = waiting.size() >= BATCH;
    } finally {
      lock.unlock();
    }
    if (full) {
      flush();
    } else if (first) {
      Thread.ofVirtual().name("events of " + hold.lease().runId()).start(this::flushSoon);
    }
  }

  private void flushSoon() {
    try {
      Thread.sleep(LONGEST_WAIT);
      flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Sends what waits. Events that cannot be sent since the lease is lost are another attempt's no
   * more.
   */
  void flush() {
    sending.lock();
    try {
      var batch = taken(_ -> true);
      if (!batch.isEmpty()) {
        Patience.call(
            () -> {
              session.events(
                  hold.lease().leaseId(), new EventsRequest(hold.lease().runId(), batch));
              return batch;
            },
            held());
      }
    } catch (StowageException e) {
      if (e.code() == ErrorCode.LEASE_LOST || e.code() == ErrorCode.SESSION_GONE) {
        hold.lose();
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "run {0}: events were not recorded: {1}",
          hold.lease().runId(),
          e.getMessage());
    } finally {
      sending.unlock();
    }
  }

  /**
   * What waits still, for who ends the attempt: not before what is being sent has arrived, since
   * nothing is taken after the end.
   */
  List<NewEvent> rest() {
    sending.lock();
    try {
      return taken(_ -> true);
    } finally {
      sending.unlock();
    }
  }

  private List<NewEvent> taken(Predicate<NewEvent> which) {
    lock.lock();
    try {
      var batch = waiting.stream().filter(which).toList();
      waiting.removeIf(which);
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void putBack(List<NewEvent> events) {
    lock.lock();
    try {
      waiting.addAll(0, events);
    } finally {
      lock.unlock();
    }
  }

  private BooleanSupplier held() {
    return () -> hold.state() != LeaseHold.State.LOST;
  }

  @Override
  public void close() {
    flush();
  }
}

package io.stowage.worker;

import io.stowage.api.ErrorCode;
import io.stowage.api.ErrorKind;
import io.stowage.api.StowageException;
import io.stowage.protocol.CatalogDocument;
import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.HeartbeatAnswer;
import io.stowage.protocol.HeartbeatRequest;
import io.stowage.protocol.Lease;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.WorkerResources;
import io.stowage.worker.pull.Pull;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One life of a worker: a session, the claims that its slots allow, and heartbeats. Where the
 * session is lost, all leases are, and a new session begins. The worker lets go of its leases
 * before the control plane may give them to another: it counts from when the last call that was
 * answered had been sent.
 */
public final class Worker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());
  private static final int WATCHED = 50;
  private static final Duration RESOURCES_EVERY = Duration.ofSeconds(20);
  private static final Duration BEFORE_END_CANCEL = Duration.ofSeconds(10);
  private static final Duration BEFORE_END_RELEASE = Duration.ofSeconds(5);

  private final WorkerSettings settings;
  private final ControlPlane control;
  private final Execution execution;
  private final Catalog catalog;
  private final Pull pull;
  private final Supplier<WorkerResources> resources;
  private final Semaphore slots;
  private final Map<UUID, LeaseHold> holds = new ConcurrentHashMap<>();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger sessions = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean draining;
  private volatile boolean retired;
  private volatile @Nullable OpenSession current;
  private volatile @Nullable Thread pulling;

  /** What the worker can execute, and its hash. */
  public record Catalog(String hash, CatalogDocument document) {}

  /**
   * @param pull which is this worker's alone, and closed with it
   * @param resources as they are now, with what is secret masked; may take its time
   */
  public Worker(
      WorkerSettings settings,
      ControlPlane control,
      Execution execution,
      Catalog catalog,
      Pull pull,
      Supplier<WorkerResources> resources) {
    this.settings = settings;
    this.control = control;
    this.execution = execution;
    this.catalog = catalog;
    this.pull = pull;
    this.resources = resources;
    this.slots = new Semaphore(settings.slots());
  }

  /**
   * Pulls and executes runs until {@link #close}, or until the control plane has it leave and what
   * it holds has ended. Blocks.
   */
  public void run() {
    pulling = Thread.currentThread();
    try {
      while (!draining) {
        try {
          OpenSession session = open(() -> !draining);
          LOG.log(
              Level.INFO,
              "worker ''{0}'' pulls from {1} at {2} slots; session {3}",
              settings.name(),
              settings.queues(),
              settings.slots(),
              session.opened.id());
          Thread.ofVirtual().name("resources").start(() -> tellOfResources(session));
          pull(session);
        } catch (StowageException e) {
          if (!draining) {
            if (e.kind() != ErrorKind.TRANSIENT
                && e.code() != ErrorCode.SESSION_GONE
                && e.code() != ErrorCode.CANCELED) {
              throw e;
            }
            LOG.log(Level.WARNING, "{0}; a new session is opened", e.getMessage());
            Thread.interrupted(); // it was for the claim of the session that was lost
            Patience.waited(5);
          }
        }
      }
      if (retired) {
        Thread.interrupted(); // it was for the claim
        awaitIdle(System.nanoTime() + Long.MAX_VALUE / 2);
      }
    } finally {
      pulling = null;
      ended.countDown();
    }
  }

  /**
   * Claims up to so many runs one after the other, and executes them.
   *
   * @param wait for the first of them
   * @return how many leases were lost
   */
  public int once(int mostRuns, Duration wait) {
    long end = System.nanoTime() + settings.startBudget().toNanos();
    OpenSession session = open(() -> System.nanoTime() < end && !draining);
    try {
      for (int runs = 0; runs < mostRuns && !draining; runs++) {
        slots.acquireUninterruptibly();
        var leases = next(session, 1, runs == 0 ? wait : Duration.ZERO);
        if (leases.isEmpty()) {
          slots.release();
          break;
        }
        LeaseHold hold = hold(session, leases);
        execute(session, java.util.Objects.requireNonNull(hold), () -> 0);
        slots.release();
      }
    } finally {
      ended.countDown();
      closeSession();
    }
    return lost.get();
  }

  private OpenSession open(java.util.function.BooleanSupplier whileTrue) {
    SessionAnswer opened = Patience.call(this::openSession, whileTrue);
    var session = new OpenSession(opened, control.session(opened));
    current = session;
    sessions.incrementAndGet();
    Thread.ofVirtual().name("heartbeat").start(() -> beat(session));
    Thread.ofVirtual().name("deadline").start(() -> watch(session));
    return session;
  }

  /**
   * The catalog is sent only where its hash is not known, which it is after the first worker of a
   * version.
   */
  private SessionAnswer openSession() {
    try {
      return control.open(request(null));
    } catch (StowageException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
      return control.open(request(catalog.document()));
    }
  }

  private SessionRequest request(@Nullable CatalogDocument document) {
    return new SessionRequest(
        settings.name(),
        settings.version(),
        SessionRequest.PROTOCOL,
        settings.queues(),
        settings.slots(),
        catalog.hash(),
        document,
        RunKind.words());
  }

  private void pull(OpenSession session) {
    while (!draining && !session.gone) {
      slots.acquireUninterruptibly();
      int free = 1 + slots.drainPermits();
      int used = 0;
      try {
        for (Lease lease : next(session, free, session.opened.claimWait())) {
          used++;
          start(session, lease);
        }
      } finally {
        slots.release(free - used);
      }
    }
  }

  private List<Lease> next(OpenSession session, int most, Duration wait) {
    return pull.next(request -> claim(session, request), most, wait);
  }

  private ClaimAnswer claim(OpenSession session, ClaimRequest request) {
    long sent = System.nanoTime();
    // A claim that got no answer is not repeated with the same hands: what it may have leased is
    // given back by heartbeats.
    ClaimAnswer answer =
        Patience.call(
            () -> session.session.claim(request),
            () -> !draining && !session.gone && !session.silent());
    session.good(sent);
    return answer;
  }

  private void start(OpenSession session, Lease lease) {
    var hold = new LeaseHold(lease);
    holds.put(lease.leaseId(), hold);
    Thread.ofVirtual().name("run-" + lease.runId()).start(() -> execute(session, hold));
  }

  /** The run, and those that the answers to its end bring, one after the other in its slot. */
  private void execute(OpenSession session, LeaseHold first) {
    LeaseHold hold = first;
    try {
      while (hold != null) {
        hold = hold(session, execute(session, hold, () -> wanted(session)));
      }
    } finally {
      slots.release();
    }
  }

  private int wanted(OpenSession session) {
    return draining || session.gone || !pull.takesWhatComes() ? 0 : 1;
  }

  private List<Lease> execute(OpenSession session, LeaseHold hold, IntSupplier wanted) {
    var attempt = new RunAttempt(execution, session.session, hold, wanted);
    try {
      if (attempt.run() == RunAttempt.End.LOST) {
        lost.incrementAndGet();
      }
      return attempt.next();
    } finally {
      holds.remove(hold.lease().leaseId());
    }
  }

  /** Held from the moment of the answer on, so that the next heartbeat lists it. */
  private @Nullable LeaseHold hold(OpenSession session, List<Lease> leases) {
    if (leases.isEmpty()) {
      return null;
    }
    var hold = new LeaseHold(leases.getFirst());
    holds.put(hold.lease().leaseId(), hold);
    if (session.gone) {
      hold.lose();
    }
    return hold;
  }

  private void beat(OpenSession session) {
    while (!session.gone && !(draining && holds.isEmpty() && ended.getCount() == 0)) {
      try {
        Thread.sleep(session.opened.heartbeat());
      } catch (InterruptedException e) {
        return;
      }
      if (current != session) {
        return;
      }
      beatOnce(session);
    }
  }

  /** For people: what goes wrong here is tried again, and told of to nobody. */
  private void tellOfResources(OpenSession session) {
    WorkerResources told = null;
    try {
      while (!session.gone && current == session) {
        try {
          WorkerResources now = resources.get();
          if (!now.equals(told)) {
            session.session.resources(now);
            told = now;
          }
        } catch (StowageException e) {
          LOG.log(Level.DEBUG, "resources are not told of: {0}", e.getMessage());
        }
        Thread.sleep(RESOURCES_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A heartbeat that gets no answer hangs for longer than the leases may be held. */
  private void watch(OpenSession session) {
    try {
      while (!session.gone && current == session) {
        Thread.sleep(session.opened.ttl().dividedBy(WATCHED));
        if (session.silent()) {
          loseAll(session, "the control plane was not heard of for too long");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beatOnce(OpenSession session) {
    long sent = System.nanoTime();
    try {
      var request =
          new HeartbeatRequest(
              draining ? "terminating" : "running",
              slots.availablePermits(),
              List.copyOf(holds.keySet()));
      HeartbeatAnswer answer = session.session.heartbeat(request);
      session.good(sent);
      answer.leases().forEach(this::heard);
      if (answer.commands().contains(HeartbeatAnswer.DRAIN)) {
        retire();
      }
    } catch (StowageException e) {
      if (e.code() == ErrorCode.SESSION_GONE) {
        loseAll(session, "the control plane takes this worker for lost");
      } else if (session.silent()) {
        loseAll(session, "the control plane was not heard of for too long");
      } else {
        LOG.log(Level.WARNING, "heartbeat: {0}", e.getMessage());
      }
    }
  }

  /** What is held goes on, however long it takes. */
  private synchronized void retire() {
    if (draining) {
      return;
    }
    LOG.log(Level.INFO, "told to leave: {0} runs are brought to their end first", holds.size());
    retired = true;
    draining = true;
    Thread thread = pulling;
    if (thread != null) {
      thread.interrupt(); // out of a claim that waits
    }
  }

  /** Whether the control plane has it leave. */
  public boolean retired() {
    return retired;
  }

  private void heard(UUID lease, String state) {
    LeaseHold hold = holds.get(lease);
    if (hold != null && state.equals("cancel")) {
      hold.cancel();
    } else if (hold != null && state.equals("lost")) {
      hold.lose();
    }
  }

  private synchronized void loseAll(OpenSession session, String why) {
    if (session.gone) {
      return;
    }
    LOG.log(
        Level.WARNING,
        "{0}: {1} runs are let go of, and a new session is opened",
        why,
        holds.size());
    session.gone = true;
    holds.values().forEach(LeaseHold::lose);
    Thread thread = pulling;
    if (thread != null) {
      thread.interrupt(); // out of a claim that waits
    }
  }

  /** How many runs are under way. */
  public int busy() {
    return holds.size();
  }

  /** How many leases were lost so far. */
  public int lost() {
    return lost.get();
  }

  /** How many sessions were opened so far. */
  public int sessions() {
    return sessions.get();
  }

  /** Whether a session is open and heard of. */
  public boolean connected() {
    OpenSession session = current;
    return session != null && !session.gone && !session.silent();
  }

  /**
   * Drains: no more claims; running work goes on until its grace is nearly over, is then asked to
   * stop, and given back. The session is closed. Blocks until all that is done.
   */
  @Override
  public void close() {
    draining = true;
    Thread thread = pulling;
    if (thread != null) {
      thread.interrupt();
    }
    long end = System.nanoTime() + settings.grace().toNanos();
    awaitIdle(end - BEFORE_END_CANCEL.toNanos());
    holds.values().forEach(LeaseHold::release);
    awaitIdle(end - BEFORE_END_RELEASE.toNanos());
    closeSession();
  }

  private void awaitIdle(long end) {
    try {
      while (!holds.isEmpty() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeSession() {
    pull.close();
    OpenSession session = current;
    if (session != null && !session.gone) {
      session.gone = true;
      try {
        session.session.close();
      } catch (StowageException e) {
        LOG.log(
            Level.WARNING,
            "the session was not closed, its leases end by time: {0}",
            e.getMessage());
      }
    }
  }
}

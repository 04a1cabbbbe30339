package io.stowage.worker;

import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.CommitAnswer;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.CompleteAnswer;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.DeletedRequest;
import io.stowage.protocol.EventsRequest;
import io.stowage.protocol.HeartbeatAnswer;
import io.stowage.protocol.HeartbeatRequest;
import io.stowage.protocol.KnownObjectsAnswer;
import io.stowage.protocol.KnownObjectsRequest;
import io.stowage.protocol.LatestRequest;
import io.stowage.protocol.MarkAnswer;
import io.stowage.protocol.MarkRequest;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Preview;
import io.stowage.protocol.RemovalsAnswer;
import io.stowage.protocol.RemovalsRequest;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.WorkerResources;
import java.util.List;
import java.util.UUID;

/**
 * The control plane, as a worker calls it. Calls block and may come from several threads. None is
 * repeated here; each may be repeated by the caller, since the answers are the same.
 *
 * <p>What is thrown is a {@link io.stowage.api.StowageException}: {@code UNAVAILABLE} where there
 * was no answer, {@code SESSION_GONE} where the session was lost, {@code LEASE_LOST} where the
 * lease was.
 */
public interface ControlPlane {
  SessionAnswer open(SessionRequest request);

  /** The control plane as the session sees it, bearing its secret. */
  Session session(SessionAnswer opened);

  /** Calls of one session. */
  interface Session {
    /** May wait for the first run, as the request says. */
    ClaimAnswer claim(ClaimRequest request);

    HeartbeatAnswer heartbeat(HeartbeatRequest request);

    List<MaterializationView> latest(LatestRequest request);

    /** The keys of the dynamic definition, in the order in which they were added. */
    List<String> dynamicKeys(String definition);

    CommitAnswer commit(UUID lease, CommitRequest request);

    void events(UUID lease, EventsRequest request);

    void release(UUID run, UUID lease, String reason);

    CompleteAnswer complete(CompleteRequest request);

    /** What a sweep or a wipe may remove; as all that follows, under the lease of such a run. */
    RemovalsAnswer removals(UUID lease, RemovalsRequest request);

    MarkAnswer mark(UUID lease, MarkRequest request);

    void deleted(UUID lease, DeletedRequest request);

    KnownObjectsAnswer known(UUID lease, KnownObjectsRequest request);

    /** What a preview shows. */
    void preview(UUID lease, Preview preview);

    /** How the worker's IO managers and stores are configured, and how they are. */
    void resources(WorkerResources resources);

    /** Ends the session; what it still holds is given back. */
    void close();
  }
}

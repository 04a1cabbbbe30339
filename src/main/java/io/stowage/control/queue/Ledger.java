package io.stowage.control.queue;

import io.stowage.api.StowageException;
import io.stowage.protocol.CommitAnswer;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.CompleteAnswer;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.EventsRequest;
import io.stowage.protocol.Lease;
import java.util.List;
import java.util.UUID;

/**
 * The authority on runs: who holds one, what it committed, how it ended. Whoever brought word of a
 * run, {@link Delivery}, it is claimed here, by its id, and a lease id that is new at each claim
 * guards every change after.
 *
 * <p>Each call is one transaction: all of it happens or nothing, and it may be repeated where its
 * answer was lost. Safe from any thread; calls block. {@code UNAVAILABLE} means that it is not
 * known whether it happened.
 */
public interface Ledger {
  /**
   * Leases the named runs, as far as they are ready and the session may have them; the others are
   * somebody else's, or done: whoever brought word of them is to forget it.
   *
   * @throws StowageException {@code SESSION_GONE}, or {@code FORBIDDEN} for a wrong secret, as all
   *     calls here
   */
  List<Lease> claim(long session, String secret, List<UUID> runs);

  /**
   * @throws StowageException {@code LEASE_LOST}, or {@code CONFLICT} where this run committed the
   *     output before under another commit id
   */
  CommitAnswer commit(long session, String secret, UUID lease, CommitRequest request);

  /**
   * @throws StowageException {@code LEASE_LOST}
   */
  void events(long session, String secret, UUID lease, EventsRequest request);

  /**
   * Ends attempts, each by its lease: {@code recorded}, {@code replayed} where the same was said
   * before, {@code lease_lost}. May lease further runs in the same transaction.
   */
  CompleteAnswer complete(long session, String secret, CompleteRequest request);

  /**
   * Gives the lease back with nothing counted.
   *
   * @throws StowageException {@code LEASE_LOST}
   */
  void release(Releases.Release release);
}

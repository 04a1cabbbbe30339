package io.stowage.engine;

import io.stowage.api.AssetKey;
import io.stowage.api.Materialization;
import java.util.List;
import java.util.Optional;

/**
 * The record of what was stored, as one attempt at a run sees it. Calls block, may come from
 * several threads, and are retried inside where the network is at fault; what they throw is final
 * for this attempt.
 */
public interface Ledger {
  /**
   * The current materializations of the asset; where the run is to read the past, those that were
   * current {@linkplain #asOf then}.
   *
   * @param partitions keys as text; the empty text alone for an asset without partitions
   * @return in the order asked for; one that was never materialized is left out
   */
  List<Materialization> latest(AssetKey asset, List<String> partitions);

  /**
   * What past the run reads, as a sentence goes on that says what there is not, {@code by
   * 2026-11-23T08:00:00Z}; empty where it reads what is current.
   */
  default Optional<String> asOf() {
    return Optional.empty();
  }

  /**
   * The newest of the current materializations of the asset, whatever its partition; empty where it
   * was never materialized.
   */
  Optional<Materialization> newest(AssetKey asset);

  /**
   * Commits one output of one partition: all of it, or nothing. A repeat with the same commit id
   * gets the same answer.
   *
   * @throws io.stowage.api.StowageException {@code LEASE_LOST} where this attempt no longer holds
   *     the run: nothing was written, and nothing further will be
   */
  CommitResult commit(StepCommit commit);

  /** Records an event. May return before it is written; events keep their order. Never throws. */
  void record(StepEvent event);
}

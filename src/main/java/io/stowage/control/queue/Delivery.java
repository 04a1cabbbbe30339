package io.stowage.control.queue;

import java.util.List;
import java.util.UUID;

/**
 * Brings word of runs that are ready to whoever may claim them. It decides nothing: whether a run
 * is still to be done, and by whom, says the {@link Ledger}, which leases each run to one at a
 * time. So word may come twice, late, or not at all: what is ready stays ready in the ledger, and
 * is found again.
 *
 * <p>Called from any thread, after the transaction that made the runs ready was committed; must not
 * block for long, and does not fail.
 */
public interface Delivery {
  /**
   * @param runs none twice
   */
  void ready(List<Ready> runs);

  /** Brings word in both ways. */
  default Delivery and(Delivery other) {
    return runs -> {
      ready(runs);
      other.ready(runs);
    };
  }

  /** A run that can be claimed from now on. */
  record Ready(short queue, UUID run) {}
}

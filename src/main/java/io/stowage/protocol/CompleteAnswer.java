package io.stowage.protocol;

import java.util.List;
import java.util.UUID;

/**
 * @param answers in the order of the completions
 * @param leases as many as asked for, or as there were runs
 */
public record CompleteAnswer(List<Answer> answers, List<Lease> leases) {
  public CompleteAnswer {
    leases = leases == null ? List.of() : leases;
  }

  /**
   * @param state {@code recorded}, {@code replayed} or {@code lease_lost}
   */
  public record Answer(UUID leaseId, String state) {}
}

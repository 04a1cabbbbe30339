package io.stowage.protocol;

import java.util.List;
import java.util.UUID;

/**
 * @param answers in the order of the completions
 */
public record CompleteAnswer(List<Answer> answers) {
  /**
   * @param state {@code recorded}, {@code replayed} or {@code lease_lost}
   */
  public record Answer(UUID leaseId, String state) {}
}

package io.stowage.testing;

import io.stowage.api.ErrorCode;
import java.util.List;

/**
 * How a step failed.
 *
 * @param partition empty where the step has none, or computed several
 * @param message the phase, and what went wrong in it: {@code compute 'shop/revenue': no orders}
 * @param causes messages from the outermost to the root
 */
public record Failure(
    String step, String partition, ErrorCode code, String message, List<String> causes) {
  public Failure {
    causes = List.copyOf(causes);
  }
}

package io.stowage.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts; may be repeated.
 *
 * @param claim how many leases the answer may bring; none where absent
 */
public record CompleteRequest(List<Completion> completions, @Nullable Integer claim) {
  public CompleteRequest {
    Required.whole("completions", completions);
    Required.between("claim", claim == null ? 0 : claim, 0, 1_000);
  }

  /** Asks for no leases. */
  public CompleteRequest(List<Completion> completions) {
    this(completions, null);
  }
}

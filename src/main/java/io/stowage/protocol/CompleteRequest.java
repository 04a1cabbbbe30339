package io.stowage.protocol;

import java.util.List;

/** Ends attempts; may be repeated. */
public record CompleteRequest(List<Completion> completions) {
  public CompleteRequest {
    Required.whole("completions", completions);
  }
}

package io.stowage.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for many runs, each of which is taken or refused apart. */
public record SubmitBatch(List<SubmitRequest> runs) {
  public SubmitBatch {
    Required.whole("runs", runs);
    Required.between("runs", runs.size(), 1, 1_000);
  }

  /** One for each request, in their order. */
  public record Answers(List<Answer> answers) {}

  /** What became of one request: a run, or a problem. */
  public record Answer(int status, @Nullable SubmitAnswer run, @Nullable Problem problem) {}
}

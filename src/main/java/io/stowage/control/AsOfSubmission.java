package io.stowage.control;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.AsOf;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.RunView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Holds what a run is to read the past of against the runs that there were. */
final class AsOfSubmission {
  private final Function<UUID, RunView> runs;
  private final Instant now;

  AsOfSubmission(Function<UUID, RunView> runs, Instant now) {
    this.runs = runs;
    this.now = now;
  }

  /**
   * The run's options, with a time in any case: that of a run is its end.
   *
   * @throws StowageException {@code INVALID_REQUEST} for what is no time and no run, a time to
   *     come, and a run that is not known or has not ended
   */
  Map<String, String> options(String text) {
    var asked = AsOf.parse(text, ZoneOffset.UTC);
    UUID run = asked.run();
    if (run != null) {
      return Map.of(RunSpec.AS_OF, end(run).toString(), RunSpec.AS_OF_RUN, run.toString());
    }
    Instant at = asked.at();
    if (at == null || at.isAfter(now)) {
      throw refused("'" + text + "' is to come: nothing can be read as of then");
    }
    if (at.isBefore(Instant.EPOCH)) {
      throw refused("'" + text + "' is out of any calendar");
    }
    return Map.of(RunSpec.AS_OF, at.toString());
  }

  private Instant end(UUID id) {
    RunView run;
    try {
      run = runs.apply(id);
    } catch (StowageException e) {
      throw e.code() == ErrorCode.NOT_FOUND ? refused("there is no run '" + id + "'") : e;
    }
    if (run.finishedAt() == null) {
      throw refused(
          "run '"
              + id
              + "' is "
              + run.state()
              + ": what it leaves is known when it has ended; give a time in its place");
    }
    return run.finishedAt();
  }

  private static StowageException refused(String message) {
    return new StowageException(ErrorCode.INVALID_REQUEST, message);
  }
}

package io.stowage.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to execute a run once.
 *
 * @param leaseId new at each claim
 * @param epoch counts the claims of the run, from 1
 * @param fence grows with each claim of any run
 * @param attempt which attempt this is, from 1: losses do not count
 * @param committed what the run has committed already
 * @param leftOut optional outputs that it went without already
 * @param remaining until the attempt's deadline
 */
public record Lease(
    UUID leaseId,
    UUID runId,
    int epoch,
    long fence,
    int attempt,
    RunSpec run,
    List<CommittedOutput> committed,
    List<LeftOutOutput> leftOut,
    @Nullable Duration remaining) {
  public Lease {
    leftOut = Objects.requireNonNullElse(leftOut, List.of()); // unknown to an older control plane
  }
}

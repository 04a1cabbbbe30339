package io.stowage.worker.pull;

import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.Lease;
import java.time.Duration;
import java.util.List;

/** Asks the control plane, which answers when there is a run. */
public final class Polls implements Pull {
  @Override
  public List<Lease> next(Claim claim, int most, Duration wait) {
    return claim.of(new ClaimRequest(most, wait.toMillis())).leases();
  }

  @Override
  public boolean takesWhatComes() {
    return true;
  }

  @Override
  public void close() {}
}

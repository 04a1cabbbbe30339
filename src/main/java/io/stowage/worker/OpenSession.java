package io.stowage.worker;

import io.stowage.protocol.SessionAnswer;
import java.time.Duration;

/** A session while it is open, and when its control plane was heard last. */
final class OpenSession {
  private static final Duration LEAST_MARGIN = Duration.ofSeconds(2);
  private static final int MARGIN_PART = 10;
  private static final int MARGIN_AT_MOST = 3;

  final SessionAnswer opened;
  final ControlPlane.Session session;
  private volatile long lastGood = System.nanoTime();
  volatile boolean gone;

  OpenSession(SessionAnswer opened, ControlPlane.Session session) {
    this.opened = opened;
    this.session = session;
  }

  /** A call was answered that had been sent then. */
  void good(long sent) {
    lastGood = Math.max(lastGood, sent);
  }

  /** Whether nothing was heard for so long that another may have the leases soon. */
  boolean silent() {
    Duration ttl = opened.ttl();
    Duration part = ttl.dividedBy(MARGIN_PART);
    Duration least = part.compareTo(LEAST_MARGIN) > 0 ? part : LEAST_MARGIN;
    Duration most = ttl.dividedBy(MARGIN_AT_MOST); // else a short TTL leaves no time to beat
    Duration margin = least.compareTo(most) < 0 ? least : most;
    return System.nanoTime() - lastGood > ttl.minus(margin).toNanos();
  }
}

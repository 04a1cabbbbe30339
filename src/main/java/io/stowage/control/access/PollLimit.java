package io.stowage.control.access;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many calls one principal may leave waiting at this server. For any thread. */
public final class PollLimit {
  private final int most;
  private final String what;
  private final ConcurrentMap<String, Integer> waiting = new ConcurrentHashMap<>();

  /** Of claims. */
  public PollLimit(int most) {
    this(most, "claims waiting");
  }

  /**
   * @param what is limited, as it is told to who has too many
   */
  public PollLimit(int most, String what) {
    this.most = most;
    this.what = what;
  }

  /** Counts a claim until it is closed. */
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @throws StowageException {@code TOO_MANY_REQUESTS} where so many wait already
   */
  public Place enter(String principal) {
    int now = waiting.merge(principal, 1, Integer::sum);
    Place place =
        () -> waiting.computeIfPresent(principal, (_, count) -> count > 1 ? count - 1 : null);
    if (now > most) {
      place.close();
      throw new StowageException(
          ErrorCode.TOO_MANY_REQUESTS,
          "'" + principal + "' has " + most + " " + what + " already: ask again later");
    }
    return place;
  }
}

package io.stowage.control.queue;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The states of a run; live ones stand in {@code live.state}, terminal ones in {@code run.outcome}.
 */
public enum RunState {
  SCHEDULED(0, 0),
  BLOCKED(1, 0),
  QUEUED(2, 0),
  RUNNING(3, 0),
  CANCELING(4, 0),
  SUCCEEDED(-1, 1),
  FAILED(-1, 2),
  DEAD(-1, 3),
  CANCELED(-1, 4),
  EXPIRED(-1, 5);

  private final int live;
  private final int outcome;

  RunState(int live, int outcome) {
    this.live = live;
    this.outcome = outcome;
  }

  /** As it stands in {@code live.state}. */
  public short live() {
    return (short) live;
  }

  /** As it stands in {@code run.outcome}; 0 for a live one. */
  public short outcome() {
    return (short) outcome;
  }

  public boolean terminal() {
    return outcome > 0;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state that the two columns say; a run that is neither live nor ended has just changed, and
   * is queued.
   */
  public static RunState of(@Nullable Number live, @Nullable Number outcome) {
    for (RunState state : values()) {
      if (outcome != null
          ? state.outcome == outcome.intValue()
          : live != null && state.live == live.intValue()) {
        return state;
      }
    }
    return QUEUED;
  }
}

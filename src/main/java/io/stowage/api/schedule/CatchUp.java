package io.stowage.api.schedule;

/** What becomes of ticks that passed while no control plane ran, or the schedule was paused. */
public enum CatchUp {
  /** They are left out: a tick that is more than a minute old is missed. */
  NONE,

  /** The last of them is run, however old it is; those before it are left out. */
  LAST,

  /** All of them are run, the oldest first, up to {@link Schedule#maxCatchUp}. */
  ALL
}

package io.stowage.control.page;

import io.stowage.protocol.Page;
import io.stowage.protocol.RunView;
import java.util.List;

/**
 * Runs, newest first.
 *
 * @param state that they are narrowed to; empty for all
 * @param more where the list goes on; empty at its end
 */
public record RunList(
    List<RunView> runs,
    String state,
    String queue,
    List<String> queues,
    String more,
    boolean first) {
  private static final List<String> STATES =
      List.of("live", "queued", "running", "succeeded", "failed", "dead", "canceled");

  static RunList of(
      Page<RunView> page, String state, String queue, List<String> queues, boolean first) {
    return new RunList(
        page.items(), state, queue, queues, page.cursor() == null ? "" : page.cursor(), first);
  }

  public List<String> states() {
    return STATES;
  }

  /** How often to look again, in milliseconds; never for what is past. */
  public int often() {
    return !first ? 0 : runs.stream().anyMatch(run -> run.finishedAt() == null) ? 1500 : 5000;
  }

  /** What a run is of, in words. */
  public String what(RunView run) {
    return ShownRun.what(run);
  }
}

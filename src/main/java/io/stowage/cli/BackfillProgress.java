package io.stowage.cli;

import io.stowage.protocol.BackfillView;
import java.util.ArrayList;
import java.util.List;

/** A backfill in a line: on a terminal one that changes as it goes on, elsewhere one at its end. */
final class BackfillProgress {
  private static final long PAUSE_MILLIS = 500;
  private static final int WIDTH = 20;
  private static final String ERASE = "\r\u001b[K";

  private final Remote remote;

  BackfillProgress(Remote remote) {
    this.remote = remote;
  }

  /**
   * @param follow whether to wait until it has ended
   * @return the exit code: 0 where it succeeded, or is not followed
   */
  int show(BackfillView begun, boolean follow) throws InterruptedException {
    BackfillView view = begun;
    boolean live = Table.onTerminal() && !remote.asJson();
    if (follow && !remote.asJson()) {
      remote.out().println("backfill " + view.id() + ": " + view.total() + " partitions");
      remote.out().flush();
    }
    while (follow && view.finishedAt() == null) {
      if (live) {
        remote.out().print(ERASE + cut(bar(view), Table.terminalWidth()));
        remote.out().flush();
      }
      Thread.sleep(PAUSE_MILLIS);
      view = remote.get("/v1/backfills/" + view.id(), BackfillView.class);
    }
    if (remote.asJson()) {
      remote.printJson(view);
    } else {
      remote.out().println((live ? ERASE : "") + line(view));
    }
    remote.out().flush();
    return !follow || view.state().equals("succeeded") ? 0 : Main.FAILED;
  }

  static String line(BackfillView view) {
    return "backfill " + view.id() + " " + bar(view);
  }

  /** A line that is longer than the terminal could not be written over. */
  private static String cut(String line, int width) {
    return line.length() < width ? line : line.substring(0, width - 1);
  }

  private static String bar(BackfillView view) {
    int bar = view.total() == 0 ? WIDTH : (int) ((long) WIDTH * ended(view) / view.total());
    return "█".repeat(bar)
        + "░".repeat(WIDTH - bar)
        + " "
        + ended(view)
        + "/"
        + view.total()
        + rest(view)
        + " "
        + view.state()
        + (view.heldUp() == null ? "" : " (" + view.heldUp() + ")");
  }

  private static int ended(BackfillView view) {
    return view.total() - count(view, "waiting") - count(view, "live");
  }

  private static String rest(BackfillView view) {
    List<String> parts = new ArrayList<>();
    for (String state : List.of("live", "failed", "skipped", "canceled")) {
      if (count(view, state) > 0) {
        parts.add(count(view, state) + " " + state);
      }
    }
    return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
  }

  private static int count(BackfillView view, String state) {
    return view.counts().getOrDefault(state, 0);
  }
}

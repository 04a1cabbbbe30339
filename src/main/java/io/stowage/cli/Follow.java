package io.stowage.cli;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.RunEvent;
import io.stowage.protocol.RunView;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Prints a run's events as they come, until it ends. */
final class Follow {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final long PAUSE_MILLIS = 500;

  private final Remote remote;

  Follow(Remote remote) {
    this.remote = remote;
  }

  /**
   * @return the exit code: 0 where the run succeeded
   */
  int follow(String id) {
    long after = 0;
    while (true) {
      RunView run = remote.get("/v1/runs/" + id, RunView.class);
      for (RunEvent event :
          remote.list("/v1/runs/" + id + "/events?after=" + after, RunEvent.class)) {
        after = event.n();
        print(event);
      }
      remote.out().flush();
      if (run.finishedAt() != null) {
        return run.state().equals("succeeded") ? 0 : Main.FAILED;
      }
      pause();
    }
  }

  /** Waits for the end without printing anything. */
  int quietly(String id) {
    while (true) {
      RunView run = remote.get("/v1/runs/" + id, RunView.class);
      if (run.finishedAt() != null) {
        return run.state().equals("succeeded") ? 0 : Main.FAILED;
      }
      pause();
    }
  }

  private void print(RunEvent event) {
    String where =
        event.step() == null
            ? ""
            : " "
                + event.step()
                + (event.partition() == null || event.partition().isEmpty()
                    ? ""
                    : "[" + event.partition() + "]");
    remote
        .out()
        .println(
            TIME.format(event.at())
                + "  "
                + event.type()
                + where
                + (event.message().isEmpty() ? "" : "  " + event.message()));
    if (event.data().get("objects") instanceof List<?> objects) {
      objects.forEach(this::printObject);
    }
  }

  /** What a sweep removes, or would remove. */
  private void printObject(Object object) {
    if (object instanceof Map<?, ?> data) {
      remote.out().println("          " + data.get("location"));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StowageException(ErrorCode.CANCELED, "no longer followed; the run goes on", e);
    }
  }
}

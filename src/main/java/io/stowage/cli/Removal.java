package io.stowage.cli;

import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitRequest;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Submits a run that removes, follows it, and shows what went. */
final class Removal {
  private final Remote remote;

  Removal(Remote remote) {
    this.remote = remote;
  }

  /**
   * @return the exit code
   */
  int submit(SubmitRequest request, boolean wait) {
    SubmitAnswer answer = remote.post("/v1/runs", request, SubmitAnswer.class);
    if (!wait) {
      if (remote.asJson()) {
        remote.printJson(answer);
      } else {
        remote.out().println("run " + answer.id() + " is " + answer.state());
      }
      remote.out().flush();
      return 0;
    }
    int code =
        remote.asJson()
            ? new Follow(remote).quietly(answer.id().toString())
            : new Follow(remote).follow(answer.id().toString());
    RunView run = remote.get("/v1/runs/" + answer.id(), RunView.class);
    if (remote.asJson()) {
      remote.printJson(run);
    } else {
      show(run);
    }
    remote.out().flush();
    return code;
  }

  private void show(RunView run) {
    PrintWriter out = remote.out();
    Map<String, Object> result = run.result() == null ? Map.of() : run.result();
    var table = new Table("WHAT", "KEPT", "REMOVED", "BYTES");
    rows(table, "", result.get("assets"));
    rows(table, "orphans of ", result.get("orphans"));
    out.println();
    table.print(out);
    if (result.get("skipped") instanceof Map<?, ?> skipped) {
      skipped.forEach((asset, why) -> out.println("skipped '" + asset + "': " + why));
    }
    if (Boolean.TRUE.equals(result.get("dry_run"))) {
      out.println("a dry run: nothing was removed");
    }
    if (run.error() != null) {
      out.println("failed: " + run.error().get("message"));
    }
  }

  private static void rows(Table table, String before, @Nullable Object counts) {
    if (counts instanceof Map<?, ?> each) {
      each.forEach(
          (name, value) -> {
            if (value instanceof Map<?, ?> row) {
              table.row(before + name, row.get("kept"), row.get("removed"), row.get("bytes"));
            }
          });
    }
  }
}

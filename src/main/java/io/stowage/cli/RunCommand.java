package io.stowage.cli;

import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.RunView;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Shows a run, and follows it while it is under way.",
    footer = {
      "",
      "Exits with 0 where the run succeeded, or goes on; with 1 where it ended otherwise."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Parameters(paramLabel = "RUN", description = "The run's id.")
  private String id = "";

  @Option(names = "--no-follow", description = "Show it as it is, and do not wait.")
  private boolean noFollow;

  @Option(names = "--cancel", description = "Cancel it.")
  private boolean cancel;

  @Option(
      names = "--retry",
      description = "Submit it again, as a new run that goes on where this one failed.")
  private boolean retry;

  @Option(names = "--all", description = "With --retry: compute all of it again.")
  private boolean all;

  @Override
  public Integer call() {
    String path = "/v1/runs/" + Remote.encoded(id);
    if (cancel || retry) {
      remote.printJson(remote.post(path + change(), null, Map.class));
      return 0;
    }
    RunView run = remote.get(path, RunView.class);
    if (remote.asJson()) {
      remote.printJson(run);
      return code(run);
    }
    if (noFollow) {
      show(run);
      return code(run);
    }
    int code = new Follow(remote).follow(id);
    show(remote.get(path, RunView.class));
    return code;
  }

  /** The assets or the job that were asked for. */
  static String asked(RunSpec spec) {
    return isJob(spec) ? spec.jobName() : String.join(" ", spec.assets());
  }

  private static boolean isJob(RunSpec spec) {
    return spec.kind().equals(RunKind.ASSET.word()) && spec.assets().isEmpty();
  }

  private String change() {
    if (cancel) {
      return "/cancel";
    }
    return all ? "/retry?from=all" : "/retry";
  }

  private static int code(RunView run) {
    return run.finishedAt() == null || run.state().equals("succeeded") ? 0 : Main.FAILED;
  }

  private void show(RunView run) {
    PrintWriter out = remote.out();
    out.println();
    line("run", run.id() + " in queue " + run.queue());
    line("state", run.state());
    line(isJob(run.spec()) ? "job" : "assets", asked(run.spec()));
    line("partitions", String.join(" ", run.spec().partitions()));
    line("submitted", run.submittedAt() + " by " + run.submittedBy());
    line("worker", run.worker());
    line("finished", run.finishedAt());
    line("attempts", run.attempts() + (run.losses() > 0 ? ", and " + run.losses() + " lost" : ""));
    if (run.error() != null) {
      line("failed", run.error().get("message"));
      if (run.error().get("causes") instanceof List<?> causes) {
        causes.forEach(cause -> line("", cause));
      }
    }
    out.flush();
  }

  private void line(String label, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      remote.out().printf("%-11s %s%n", label, value);
    }
  }
}

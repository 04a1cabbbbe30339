package io.stowage.cli;

import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.RunView;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Shows a run, and follows it while it is under way.",
    exitCodeList = {
      "0:the run succeeded, or goes on",
      "1:it ended otherwise, or the call was refused",
      "2:wrong usage",
      "64:configuration",
      "69:the control plane or what it needs is out of reach",
      "70:a bug"
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
      return change(remote.post(path + change(), null, Map.class));
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

  private int change(Map<?, ?> answer) {
    if (remote.asJson()) {
      remote.printJson(answer);
    } else {
      remote.out().println("run " + answer.get("id") + " is " + answer.get("state"));
    }
    remote.out().flush();
    return 0;
  }

  private static int code(RunView run) {
    return run.finishedAt() == null || run.state().equals("succeeded") ? 0 : Main.FAILED;
  }

  private void show(RunView run) {
    PrintWriter out = remote.out();
    out.println();
    remote.line("run", run.id() + " in queue " + run.queue());
    remote.line("state", run.state());
    remote.line(isJob(run.spec()) ? "job" : "assets", asked(run.spec()));
    remote.line("partitions", String.join(" ", run.spec().partitions()));
    remote.line("submitted", run.submittedAt() + " by " + run.submittedBy());
    remote.line("worker", run.worker());
    remote.line("finished", run.finishedAt());
    remote.line(
        "attempts", run.attempts() + (run.losses() > 0 ? ", and " + run.losses() + " lost" : ""));
    if (run.error() != null) {
      remote.line("failed", run.error().get("message"));
      if (run.error().get("causes") instanceof List<?> causes) {
        causes.forEach(cause -> remote.line("", cause));
      }
    }
    out.flush();
  }
}

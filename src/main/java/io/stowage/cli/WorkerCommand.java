package io.stowage.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = "Pulls runs from the control plane and executes them, until told to stop.",
    exitCodeList = {
      "0:the end of each run is recorded (a failed one's too), or there was none",
      "2:wrong usage",
      "64:configuration",
      "69:the control plane or a store is out of reach",
      "70:a bug",
      "75:with --once, the lease was lost"
    })
final class WorkerCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--once", description = "Claim one run, execute it, exit.")
  private boolean once;

  @Option(
      names = "--max-runs",
      paramLabel = "N",
      description = "With --once: execute up to N runs (default: 1).")
  private @Nullable Integer maxRuns;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "With --once: wait so long for a run, e.g. 30s (default: 0s).")
  private @Nullable String wait;

  @Option(
      names = "--run-request-file",
      paramLabel = "FILE",
      description = "With --once: submit the CloudEvent's request, and execute that run alone.")
  private @Nullable String runRequestFile;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The control plane (default: stowage.control.url).")
  private @Nullable String url;

  @Option(
      names = "--queue",
      paramLabel = "NAME",
      split = ",",
      description = "Pull from these queues alone.")
  private @Nullable List<String> queues;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Answer metrics and health there (default: 8081; never with --once).")
  private @Nullable Integer port;

  @Override
  public void run() {
    if (runRequestFile != null) {
      if (!once || maxRuns != null) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(),
            "--run-request-file is for one run: give --once with it, and no --max-runs");
      }
      Launch.option("stowage.worker.run-request-file", runRequestFile);
    }
    if (url != null) {
      Launch.option("stowage.control.url", url);
    }
    if (queues != null) {
      Launch.option("stowage.worker.queues", String.join(",", queues));
    }
    if (once) {
      Launch.option("quarkus.http.host-enabled", false);
      Launch.option("stowage.worker.max-runs", maxRuns == null ? 1 : maxRuns);
      Launch.option("stowage.worker.wait", wait == null ? "0s" : wait);
    } else {
      Launch.option("quarkus.http.port", port == null ? 8081 : port);
    }
    Launch.role("worker");
  }
}

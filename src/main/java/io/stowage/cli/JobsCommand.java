package io.stowage.cli;

import io.stowage.protocol.JobView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = "Lists the jobs that workers brought.")
final class JobsCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Override
  public Integer call() {
    var jobs = remote.list("/v1/jobs", JobView.class);
    if (remote.asJson()) {
      remote.printJson(jobs);
      return 0;
    }
    var table = new Table("JOB", "PARTITIONED", "OPS");
    jobs.forEach(
        job ->
            table.row(
                job.job(), job.partitions() == null ? "no" : "yes", String.join(" ", job.ops())));
    table.print(remote.out());
    return 0;
  }
}

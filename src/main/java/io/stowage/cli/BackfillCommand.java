package io.stowage.cli;

import io.stowage.protocol.BackfillRequest;
import io.stowage.protocol.BackfillView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = "Asks for many partitions, upstream ones first; follows them.")
final class BackfillCommand implements Callable<Integer> {
  private static final long PAUSE_MILLIS = 1_000;

  @Mixin private final Remote remote = new Remote();

  @Spec private @Nullable CommandSpec command;

  @Parameters(
      paramLabel = "ASSETS",
      arity = "1..*",
      description = "Keys, 'prefix/*', '*key', 'key+', 'group:name', 'tag:name=value'.")
  private List<String> assets = List.of();

  @Option(names = "--from", paramLabel = "KEY", description = "The first partition (default: all).")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "KEY", description = "The last partition.")
  private @Nullable String to;

  @Option(names = "--queue", paramLabel = "NAME", description = "The queue (default: default).")
  private @Nullable String queue;

  @Option(names = "--wait", description = "Follow it (default).")
  private boolean wait;

  @Option(names = "--no-wait", description = "Do not follow it.")
  private boolean noWait;

  @Override
  public Integer call() throws InterruptedException {
    if ((from == null) != (to == null)) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(),
          "a range has two ends: give --from and --to, or neither for all partitions");
    }
    if (wait && noWait) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(), "--wait and --no-wait are both given");
    }
    Object range = from == null || to == null ? null : Map.of("from", from, "to", to);
    var view =
        remote.post(
            "/v1/backfills",
            new BackfillRequest(assets, range, queue, null, null),
            BackfillView.class);
    while (!noWait && view.finishedAt() == null) {
      remote.out().printf("\r%s", progress(view));
      remote.out().flush();
      Thread.sleep(PAUSE_MILLIS);
      view = remote.get("/v1/backfills/" + view.id(), BackfillView.class);
    }
    if (remote.asJson()) {
      remote.printJson(view);
    } else {
      remote.out().printf("\r%s%n", progress(view));
    }
    remote.out().flush();
    return noWait || view.state().equals("succeeded") ? 0 : Main.FAILED;
  }

  private static String progress(BackfillView view) {
    var counts = view.counts();
    int ended = view.total() - counts.getOrDefault("waiting", 0) - counts.getOrDefault("live", 0);
    int bar = view.total() == 0 ? 20 : 20 * ended / view.total();
    return "backfill "
        + view.id()
        + " "
        + "█".repeat(bar)
        + "░".repeat(20 - bar)
        + " "
        + ended
        + "/"
        + view.total()
        + (counts.getOrDefault("failed", 0) > 0 ? ", " + counts.get("failed") + " failed" : "")
        + " "
        + view.state();
  }
}

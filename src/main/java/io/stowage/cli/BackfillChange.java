package io.stowage.cli;

import io.stowage.protocol.BackfillView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done with a backfill that is there. */
abstract class BackfillChange implements Callable<Integer> {
  @Mixin final Remote remote = new Remote();

  @Parameters(paramLabel = "BACKFILL", description = "The backfill's id.")
  private String id = "";

  final String path() {
    return "/v1/backfills/" + Remote.encoded(id);
  }

  final int changed(String verb) throws InterruptedException {
    return new BackfillProgress(remote)
        .show(remote.post(path() + "/" + verb, null, BackfillView.class), false);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a backfill, and follows it while it is under way.")
  static final class Show extends BackfillChange {
    @Option(names = "--no-follow", description = "Show it as it is, and do not wait.")
    private boolean noFollow;

    @Override
    public Integer call() throws InterruptedException {
      return new BackfillProgress(remote).show(remote.get(path(), BackfillView.class), !noFollow);
    }
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Submits no more of it; what is live goes on.")
  static final class Pause extends BackfillChange {
    @Override
    public Integer call() throws InterruptedException {
      return changed("pause");
    }
  }

  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Submits on where it was paused.")
  static final class Resume extends BackfillChange {
    @Override
    public Integer call() throws InterruptedException {
      return changed("resume");
    }
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "Cancels what waits and what is live; what has succeeded stands.")
  static final class Cancel extends BackfillChange {
    @Override
    public Integer call() throws InterruptedException {
      return changed("cancel");
    }
  }

  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "A new backfill of what did not succeed; follows it.")
  static final class Retry extends BackfillChange {
    @Option(names = "--no-wait", description = "Do not follow it.")
    private boolean noWait;

    @Override
    public Integer call() throws InterruptedException {
      return new BackfillProgress(remote)
          .show(remote.post(path() + "/retry", null, BackfillView.class), !noWait);
    }
  }
}

package io.stowage.app;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.scheduler.Scheduler;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.worker.Worker;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;

/**
 * Does what the process's role is, and says how it ended by an exit code that Kubernetes can act
 * on.
 */
public class RoleApplication implements QuarkusApplication {
  public static final int DONE = 0;
  public static final int CONFIGURATION = 64;

  /** What a control plane without one is told, whoever finds it out. */
  public static final String NO_DATABASE =
      "there is no database: set QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://host:5432/stowage, QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://host:5432/stowage, QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD";

  public static final int OUT_OF_REACH = 69;
  public static final int BUG = 70;
  public static final int LEASE_LOST = 75;

  private static final System.Logger LOG = System.getLogger(RoleApplication.class.getName());

  private final StowageConfig config;
  private final RunningWorker running;
  private final Schema schema;
  private final DevSession dev;
  private final Scheduler chores;

  @Inject
  RoleApplication(
      StowageConfig config,
      RunningWorker running,
      Schema schema,
      DevSession dev,
      Scheduler chores) {
    this.config = config;
    this.running = running;
    this.schema = schema;
    this.dev = dev;
    this.chores = chores;
  }

  @Override
  public int run(String... arguments) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      Termination.endsWithZero();
    }
    try {
      return switch (config.role()) {
        case "serve" -> serve();
        case "worker" -> config.worker().maxRuns().isPresent() ? once() : work();
        case "migrate" -> migrate();
        case "dev" -> develop();
        default ->
            throw new StowageException(
                ErrorCode.INVALID_CONFIGURATION,
                "stowage.role is '" + config.role() + "', but a process is serve, worker or dev");
      };
    } catch (StowageException e) {
      String.valueOf(e.getMessage()).lines().forEach(line -> LOG.log(Level.ERROR, "{0}", line));
      return exitCode(e);
    } finally {
      running.drain();
    }
  }

  /** Whether a start was refused as unsafe, and why was told. */
  public static boolean refused() {
    return StartGuard.refused();
  }

  static int exitCode(StowageException e) {
    return switch (e.kind()) {
      case CALLER, ASSET -> CONFIGURATION;
      case TRANSIENT -> OUT_OF_REACH;
      case INTERNAL -> BUG;
    };
  }

  private int serve() {
    schema.prepare(config.control().migrate());
    schema.refuseWhatFailsOrForgets();
    chores.resume();
    LOG.log(Level.INFO, "control plane is ready at {0}", dev.address());
    Quarkus.waitForExit();
    return DONE;
  }

  private int migrate() {
    schema.prepare(true);
    LOG.log(Level.INFO, "the schema is that of this version");
    return DONE;
  }

  private int work() {
    pull(running.prepare(), () -> Quarkus.asyncExit(DONE));
    Quarkus.waitForExit();
    return DONE;
  }

  /**
   * A worker that cannot go on ends the process.
   *
   * @param left what is to be done when an operator had it leave
   */
  private static void pull(Worker worker, Runnable left) {
    Thread.ofPlatform()
        .name("worker")
        .daemon()
        .start(
            () -> {
              try {
                worker.run();
                if (worker.retired()) {
                  LOG.log(Level.INFO, "the worker leaves, as an operator has asked");
                  left.run();
                }
              } catch (StowageException e) {
                LOG.log(Level.ERROR, "the worker cannot go on: {0}", e.getMessage());
                Quarkus.asyncExit(exitCode(e));
              }
            });
  }

  private int once() {
    int lost =
        running.prepare().once(config.worker().maxRuns().getAsInt(), config.worker().waitFor());
    return lost > 0 ? LEASE_LOST : DONE;
  }

  private int develop() {
    schema.prepare(true);
    chores.resume();
    pull(running.prepare(), running::drain); // the control plane stays
    dev.begin();
    Quarkus.waitForExit();
    return DONE;
  }
}

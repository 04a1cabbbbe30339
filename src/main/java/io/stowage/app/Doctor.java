package io.stowage.app;

import io.stowage.api.StowageException;
import io.stowage.app.doctor.ControlCheckup;
import io.stowage.app.doctor.Finding;
import io.stowage.app.doctor.Machine;
import io.stowage.app.doctor.Report;
import io.stowage.app.doctor.SecretFiles;
import io.stowage.app.doctor.StoreCheckup;
import io.stowage.control.access.Principal;
import io.stowage.control.access.TokenFolder;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.protocol.StowageVersion;
import io.stowage.protocol.http.JsonClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Looks at all that this process would need as a worker or a server, as it is configured here. */
@Singleton
public final class Doctor {
  private static final String TABLES = "postgresql";
  private static final String MESSAGES = "messages";
  private static final String READ_ONLY = "resource";

  private final StowageConfig config;
  private final WorkerChecks checks;
  private final ResourceTypes types;
  private final Assets assets;
  private final CatalogText catalog;
  private final JsonClient client;
  private final DatabaseDoctor database;
  private final Clock clock = Clock.systemUTC();

  @Inject
  Doctor(
      StowageConfig config,
      WorkerChecks checks,
      ResourceTypes types,
      Assets assets,
      CatalogText catalog,
      JsonClient client,
      DatabaseDoctor database) {
    this.config = config;
    this.checks = checks;
    this.types = types;
    this.assets = assets;
    this.catalog = catalog;
    this.client = client;
    this.database = database;
  }

  /**
   * @param listener hears of each finding at once
   */
  public List<Finding> examine(Consumer<Finding> listener) {
    var report = new Report(listener);
    report.check("machine", new Machine(StowageVersion.CURRENT));
    report.check("configuration", this::configuration);
    tokens(report);
    report.check(
        "control plane",
        new ControlCheckup(
            client,
            StowageVersion.CURRENT,
            catalog.catalog().hash(),
            Wiring.queues(config, assets),
            clock));
    report.check("database", database);
    storeNames().forEach(name -> store(name, report));
    report.check(MESSAGES, this::messages);
    return report.findings();
  }

  private void configuration(Report report) {
    try {
      checks.check();
      report.ok(
          "configuration",
          "%d assets and ops, %d IO managers, %d stores"
              .formatted(assets.graph().steps().size(), config.io().size(), storeNames().size()));
    } catch (StowageException e) {
      String.valueOf(e.getMessage())
          .lines()
          .forEach(line -> report.fail("configuration", new StowageException(e.code(), line)));
    }
  }

  private void tokens(Report report) {
    var control = config.control();
    control
        .tokenFile()
        .ifPresent(
            file ->
                report.check(
                    "stowage.control.token-file",
                    new SecretFiles("stowage.control.token-file", List.of(file))));
    control
        .tokenFolder()
        .ifPresent(
            folder -> report.check("stowage.control.token-folder", to -> folder(folder, to)));
  }

  private static void folder(Path folder, Report report) {
    new TokenFolder(folder, System::nanoTime).valid(); // says which line of which file is wrong
    var files = Principal.ROLES.stream().map(folder::resolve).filter(Files::exists).toList();
    new SecretFiles("stowage.control.token-folder", files).check(report);
  }

  /** Where the process would hear of runs by messages, or tell of them. */
  private void messages(Report report) {
    try (var messages = OutsideQueues.open(config.queue())) {
      report.check(
          MESSAGES, _ -> OutsideQueues.pull(messages, Wiring.queues(config, assets)).close());
      messages
          .byName()
          .forEach(
              (_, queue) ->
                  report.check(
                      MESSAGES, to -> to.ok(MESSAGES, queue + " holds about " + queue.depth())));
    }
  }

  private Set<String> storeNames() {
    var names = new TreeSet<>(config.stores().keySet());
    names.add(HomeStore.NAME);
    return names;
  }

  private void store(String name, Report report) {
    String subject = "store '" + name + "'";
    var configured = config.stores().get(name);
    String type = configured == null ? "" : configured.type();
    report.check(
        subject,
        switch (type) {
          case TABLES -> to -> tables(name, subject, to);
          case READ_ONLY -> to -> readOnly(name, subject, to);
          default -> new StoreCheckup(subject, () -> types.store(name), clock);
        });
  }

  private void tables(String name, String subject, Report report) {
    try (PostgresDatabase tables = types.database(name);
        var _ = tables.connect(() -> false)) {
      report.ok(subject, "its PostgreSQL answers");
    }
  }

  private void readOnly(String name, String subject, Report report) {
    try (var store = types.store(name)) {
      store.check();
      report.ok(subject, "is there, to read only");
    }
  }
}

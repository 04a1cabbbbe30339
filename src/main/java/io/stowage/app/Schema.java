package io.stowage.app;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.queue.Database;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Sees to it that the database is there and has this version's schema. */
@Singleton
final class Schema {
  private final Instance<Flyway> flyway;
  private final Database database;
  private final Config config;

  @Inject
  Schema(Instance<Flyway> flyway, Database database, Config config) {
    this.flyway = flyway;
    this.database = database;
    this.config = config;
  }

  /**
   * @throws StowageException naming the database, and what to do
   */
  void prepare(boolean migrate) {
    String url =
        config
            .getOptionalValue("quarkus.datasource.reactive.url", String.class)
            .or(() -> config.getOptionalValue("quarkus.datasource.jdbc.url", String.class))
            .orElseThrow(
                () ->
                    new StowageException(
                        ErrorCode.INVALID_CONFIGURATION,
                        "there is no database: set QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://host:5432/stowage, QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://host:5432/stowage, QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD"));
    if (migrate) {
      migrate(url);
    }
    try {
      database.query("SELECT 1 FROM stowage.queue LIMIT 1");
    } catch (StowageException e) {
      throw new StowageException(e.code(), "database '" + url + "': " + e.getMessage(), e);
    }
  }

  /**
   * Versions of migrations of this program that the database has not seen.
   *
   * @throws StowageException where it cannot be asked
   */
  List<String> pending() {
    try {
      return Stream.of(flyway.get().info().pending())
          .map(migration -> String.valueOf(migration.getVersion()))
          .toList();
    } catch (FlywayException e) {
      throw new StowageException(
          ErrorCode.UNAVAILABLE, "its migrations cannot be read: " + plain(e), e);
    }
  }

  private void migrate(String url) {
    try {
      flyway.get().migrate();
    } catch (FlywayException e) {
      throw new StowageException(
          ErrorCode.UNAVAILABLE,
          "database '"
              + url
              + "' cannot be migrated: "
              + plain(e)
              + "; is it running, and are user and password right?",
          e);
    }
  }

  private static String plain(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}

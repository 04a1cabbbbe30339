package io.stowage.app;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.database.Database;
import io.stowage.control.database.DatabaseState;
import io.stowage.control.database.DatabaseState.Facts;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Sees to it that the database is there and has this version's schema. */
@Singleton
final class Schema {
  private static final System.Logger LOG = System.getLogger(Schema.class.getName());

  private final Instance<Flyway> flyway;
  private final Database database;
  private final DatabaseState state;
  private final Config config;

  @Inject
  Schema(Instance<Flyway> flyway, Database database, DatabaseState state, Config config) {
    this.flyway = flyway;
    this.database = database;
    this.state = state;
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
                        ErrorCode.INVALID_CONFIGURATION, RoleApplication.NO_DATABASE));
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
   * Whether everything works there, and what is told to be stored will be there after a crash.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where it certainly may not
   */
  void refuseWhatFailsOrForgets() {
    var facts = state.facts();
    refuseOld(facts);
    if (facts.standby()) {
      throw unsafe("is a standby, where nothing can be written: name the primary");
    }
    if (facts.synchronousCommit().equals("off")) {
      throw unsafe(
          "has synchronous_commit off for this control plane: a crash would forget commits that workers were told of; leave quarkus.datasource.reactive.additional-properties.synchronous_commit at on");
    }
    if (facts.fsync().equals("off") || facts.fullPageWrites().equals("off")) {
      LOG.log(
          Level.WARNING,
          "the database has fsync {0} and full_page_writes {1}: a power failure destroys it; turn both on where its data matters",
          facts.fsync(),
          facts.fullPageWrites());
    }
  }

  private static void refuseOld(Facts facts) {
    if (facts.tooOld()) {
      throw unsafe(
          "is PostgreSQL "
              + facts.version()
              + ": it must be "
              + DatabaseState.OLDEST
              + " or newer");
    }
  }

  private static StowageException unsafe(String why) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, "the database " + why);
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
    facts().ifPresent(Schema::refuseOld);
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

  /** Empty where it does not answer, which is told by whoever needs it. */
  private Optional<Facts> facts() {
    try {
      return Optional.of(state.facts());
    } catch (StowageException e) {
      return Optional.empty();
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

package io.stowage.bench;

import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.io.table.database.PostgresSettings;
import io.stowage.testing.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server that {@code STOWAGE_TEST_POSTGRESQL_URL}, {@code …_USERNAME} and {@code …_PASSWORD}
 * name; else an embedded PostgreSQL, as processes of its own on loopback.
 */
final class PostgresServer implements AutoCloseable {
  private static final String VARIABLE = "STOWAGE_TEST_POSTGRESQL_";

  private final Map<String, String> settings;
  private final @Nullable EmbeddedPostgres embedded;

  private PostgresServer(Map<String, String> settings, @Nullable EmbeddedPostgres embedded) {
    this.settings = settings;
    this.embedded = embedded;
  }

  static PostgresServer start() throws IOException {
    var settings = new HashMap<String, String>();
    for (String name : new String[] {"url", "username", "password"}) {
      String given = System.getenv(VARIABLE + name.toUpperCase(java.util.Locale.ROOT));
      if (given != null) {
        settings.put(name, given);
      }
    }
    if (settings.containsKey("url")) {
      return new PostgresServer(settings, null);
    }
    var embedded = EmbeddedPostgres.start();
    settings.put("url", "postgresql://127.0.0.1:" + embedded.getPort() + "/postgres");
    settings.put("username", "postgres");
    settings.put("password", "postgres");
    return new PostgresServer(settings, embedded);
  }

  PostgresDatabase database() {
    return PostgresDatabase.of("warehouse", Settings.of(PostgresSettings.class, settings));
  }

  /** Without a transaction of its own. */
  Connection raw() throws SQLException {
    var connection =
        DriverManager.getConnection(
            "jdbc:" + settings.get("url"), settings.get("username"), settings.get("password"));
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public void close() throws IOException {
    if (embedded != null) {
      embedded.close();
    }
  }
}

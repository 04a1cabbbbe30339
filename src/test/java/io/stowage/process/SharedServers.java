package io.stowage.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.fixture.S3Endpoint;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL and an S3 server, one of each for all tests of the JVM; whoever asks gets a
 * database and a bucket of his own. They end with the JVM.
 */
final class SharedServers {
  private static final EmbeddedPostgres POSTGRES = postgres();
  private static final S3Endpoint S3 = S3Endpoint.start();
  private static final String MIGRATED = "migrated";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static boolean migrated;

  private SharedServers() {}

  private static EmbeddedPostgres postgres() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of a new database with nothing in it, not even a schema. */
  static Map<String, String> emptyDatabase() {
    return settings(create("template1"));
  }

  /**
   * The settings of a new database that {@code stowage migrate} has seen: once, the others are
   * copies.
   *
   * @param program the one that migrates
   */
  static synchronized Map<String, String> database(List<String> program) {
    if (!migrated) {
      execute("CREATE DATABASE " + MIGRATED);
      var ended = Stowage.run(program, settings(MIGRATED), "migrate");
      assertThat(ended.code()).as(ended.output()).isZero();
      migrated = true;
    }
    return settings(create(MIGRATED));
  }

  private static String create(String template) {
    String name = "test" + COUNT.incrementAndGet();
    execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    return name;
  }

  private static void execute(String sql) {
    try (var connection = POSTGRES.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> settings(String database) {
    String url = "postgresql://127.0.0.1:" + POSTGRES.getPort() + "/" + database;
    return Map.of(
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:" + url,
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        url,
        "QUARKUS_DATASOURCE_USERNAME",
        "postgres",
        "QUARKUS_DATASOURCE_PASSWORD",
        "postgres");
  }

  /** A bucket that is not there yet. */
  static SeenBucket bucket() {
    return new SeenBucket(S3, "weather-" + UUID.randomUUID().toString().substring(0, 8));
  }

  /** The settings of the store {@code default} in it; whoever needs it first makes it. */
  static Map<String, String> store(SeenBucket bucket) {
    var settings = new HashMap<String, String>();
    settings.put("STOWAGE_STORES_DEFAULT_TYPE", "s3");
    settings.put("STOWAGE_STORES_DEFAULT_CREATE_BUCKET", "true");
    S3.settings(bucket.name())
        .forEach(
            (name, value) ->
                settings.put(
                    "STOWAGE_STORES_DEFAULT_" + name.toUpperCase(Locale.ROOT).replace('-', '_'),
                    value));
    return settings;
  }
}

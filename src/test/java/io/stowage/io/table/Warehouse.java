package io.stowage.io.table;

import static io.stowage.fixture.Contexts.generic;

import io.stowage.io.object.RetentionSettings;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.io.table.database.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL, one for all tests of the JVM, and the managers over it. */
final class Warehouse {
  static final Type ROWS = generic(List.class, Row.class);
  static final Type STREAM = generic(Stream.class, Row.class);
  private static final EmbeddedPostgres POSTGRES = start();
  private static final PostgresDatabase DATABASE = database();

  record Row(long id, String name) {}

  record Settings(
      String store,
      Optional<String> schema,
      Optional<String> partitionColumn,
      RetentionSettings retention)
      implements TableSettings {
    Settings(String store, Optional<String> schema, Optional<String> partitionColumn) {
      this(store, schema, partitionColumn, new Keeping(3, Duration.ZERO));
    }
  }

  private record Keeping(int keep, Duration age) implements RetentionSettings {}

  record Connected(String url, Optional<String> username, Optional<String> password)
      implements PostgresSettings {}

  private Warehouse() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another store of the same database. */
  static PostgresDatabase database() {
    return PostgresDatabase.of(
        "warehouse", new Connected(url(), Optional.of("postgres"), Optional.of("postgres")));
  }

  static String url() {
    return "postgresql://127.0.0.1:" + POSTGRES.getPort() + "/postgres";
  }

  /** Without any table in these schemas. */
  static Warehouse open(String... schemas) {
    var warehouse = new Warehouse();
    for (String schema : schemas) {
      warehouse.execute("DROP SCHEMA IF EXISTS \"" + schema + "\" CASCADE");
    }
    return warehouse;
  }

  TableIoManager manager(@Nullable String partitionColumn) {
    return manager(null, partitionColumn);
  }

  TableIoManager manager(@Nullable String schema, @Nullable String partitionColumn) {
    return new TableIoManager(
        DATABASE,
        new Settings(
            "warehouse", Optional.ofNullable(schema), Optional.ofNullable(partitionColumn)));
  }

  /** A connection of its own. */
  Connection connect() {
    try {
      return DriverManager.getConnection("jdbc:" + url(), "postgres", "postgres");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column. */
  List<String> query(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (found.next()) {
        texts.add(found.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Row> rows(long from, long to) {
    return LongStream.range(from, to).mapToObj(id -> new Row(id, "name " + id)).toList();
  }
}

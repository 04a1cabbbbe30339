package io.stowage.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL, which can be stopped and started with its data, and is read without any proxy. */
final class Database implements AutoCloseable {
  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  /** Reads a row. */
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  Database(Path data, int port) {
    this.data = data;
    this.port = port;
    this.server = started();
  }

  int port() {
    return port;
  }

  String address() {
    return "postgresql://127.0.0.1:" + port + "/postgres";
  }

  private EmbeddedPostgres started() {
    try {
      return EmbeddedPostgres.builder()
          .setPort(port)
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setServerConfig("max_connections", "100")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As its operator does: connections are ended, transactions rolled back. */
  void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    server = started();
  }

  /** Ends the connections of the control planes, that of a listener too; how many there were. */
  int terminateBackends() {
    return query(
            """
            SELECT count(pg_terminate_backend(pid)) FROM (
              SELECT pid FROM pg_stat_activity
              WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() OFFSET 0) others""",
            row -> row.getInt(1))
        .getFirst();
  }

  <T> List<T> query(String sql, Reading<T> reading) {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var list = new ArrayList<T>();
      while (rows.next()) {
        list.add(reading.read(rows));
      }
      return list;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the database of the suite", e);
    }
  }

  long count(String sql) {
    return query(sql, row -> row.getLong(1)).getFirst();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:" + address(), "postgres", "postgres");
  }

  @Override
  public void close() {
    stop();
  }
}

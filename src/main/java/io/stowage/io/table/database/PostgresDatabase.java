package io.stowage.io.table.database;

import io.stowage.api.Cancellation;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * A store of type {@code postgresql}, shared by all managers that name it. Connections are opened
 * when they are needed, as many as steps want at once: a bound would let steps that read one table
 * while they store another wait for each other. A few stay open for the next. Safe from several
 * threads.
 */
public final class PostgresDatabase implements AutoCloseable {
  private static final int KEPT = 4;
  private static final int SECONDS_TO_ANSWER = 5;

  private final String name;
  private final String url;
  private final Properties properties;
  private final URI root;
  private final BlockingDeque<Connection> idle = new LinkedBlockingDeque<>(KEPT);
  private volatile boolean closed;

  private PostgresDatabase(String name, String url, Properties properties, URI root) {
    this.name = name;
    this.url = url;
    this.properties = properties;
    this.root = root;
  }

  /**
   * Connects to nothing yet.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where the URL names no database
   */
  public static PostgresDatabase of(String name, PostgresSettings settings) {
    String url = settings.url().startsWith("jdbc:") ? settings.url() : "jdbc:" + settings.url();
    Properties parsed = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, null) : null;
    if (parsed == null) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "stowage.stores."
              + name
              + ".url is no URL such as postgresql://localhost:5432/warehouse");
    }
    var properties = new Properties();
    settings.username().ifPresent(user -> PGProperty.USER.set(properties, user));
    settings.password().ifPresent(secret -> PGProperty.PASSWORD.set(properties, secret));
    PGProperty.APPLICATION_NAME.set(properties, "stowage");
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    return new PostgresDatabase(name, url, properties, root(name, parsed));
  }

  private static URI root(String name, Properties parsed) {
    try {
      String host = String.valueOf(PGProperty.PG_HOST.getOrDefault(parsed)).split(",", 2)[0];
      String port = String.valueOf(PGProperty.PG_PORT.getOrDefault(parsed)).split(",", 2)[0];
      String database = PGProperty.PG_DBNAME.getOrDefault(parsed);
      return new URI("postgresql", null, host, Integer.parseInt(port), "/" + database, null, null);
    } catch (URISyntaxException | NumberFormatException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "stowage.stores." + name + ".url names no host, port and database");
    }
  }

  /** Host, port and database, without credentials: two stores may have one. */
  public URI address() {
    return root;
  }

  /** Where a table is, without credentials. */
  public URI location(String schema, String table) {
    try {
      String path = root.getPath() + "/" + schema + "/" + table;
      return new URI(root.getScheme(), null, root.getHost(), root.getPort(), path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a host and a path are a URI", e);
    }
  }

  /** The schema of a table that {@link #location} says where it is; empty where it is not here. */
  public Optional<String> schema(URI location, String table) {
    String path = String.valueOf(location.getPath());
    String before = root.getPath() + "/";
    String behind = "/" + table;
    if (!path.startsWith(before)
        || !path.endsWith(behind)
        || path.length() <= before.length() + behind.length()) {
      return Optional.empty();
    }
    String schema = path.substring(before.length(), path.length() - behind.length());
    return Optional.of(schema).filter(it -> location(it, table).equals(location));
  }

  /**
   * Whether it answers.
   *
   * @throws StowageException where it does not
   */
  public void check() {
    connect(() -> false).close();
  }

  /**
   * A connection without a transaction, to be given back by closing what it comes in.
   *
   * @param cancellation where it is requested, the statement at hand is canceled
   */
  public Held connect(Cancellation cancellation) {
    if (closed) {
      throw new StowageException(ErrorCode.CANCELED, "store '" + name + "' is closed");
    }
    try {
      for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
        if (kept.isValid(SECONDS_TO_ANSWER)) {
          kept.rollback(); // the question has begun a transaction
          return new Held(kept, cancellation);
        }
        kept.close();
      }
      Connection opened = new Driver().connect(url, properties);
      if (opened == null) {
        throw new SQLException("the driver does not know the URL", "08001");
      }
      opened.setAutoCommit(false);
      return new Held(opened, cancellation);
    } catch (SQLException e) {
      throw PostgresErrors.of("cannot connect to store '" + name + "' at " + root, e, cancellation);
    }
  }

  /** A connection in use; what was not committed when it is closed is undone. */
  public final class Held implements AutoCloseable {
    private final Connection connection;
    private final StatementWatch watch;
    private final AtomicBoolean given = new AtomicBoolean();

    private Held(Connection connection, Cancellation cancellation) {
      this.connection = connection;
      this.watch = StatementWatch.of(connection, cancellation);
    }

    public Connection connection() {
      return connection;
    }

    /** Once; closing again does nothing. */
    @Override
    public void close() {
      if (given.getAndSet(true)) {
        return;
      }
      watch.close();
      try {
        if (!connection.isClosed() && !watch.hasCanceled()) {
          connection.rollback();
          connection.setReadOnly(false);
          connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
          if (!closed && idle.offer(connection)) {
            return;
          }
        }
        connection.close();
      } catch (SQLException e) {
        discard(connection);
      }
    }
  }

  private static void discard(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is broken: the server has undone what it had begun.
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
      discard(kept);
    }
  }
}

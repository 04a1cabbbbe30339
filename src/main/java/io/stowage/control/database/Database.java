package io.stowage.control.database;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.stowage.api.StowageException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The way to PostgreSQL: literal SQL through the pool, and Hibernate Reactive for reading. Calls
 * block the thread they are made on, which is a virtual one; what the driver throws is translated
 * here.
 */
public final class Database {
  private final Supplier<Pool> pool;
  private final Supplier<Mutiny.SessionFactory> sessions;

  public Database(Supplier<Pool> pool, Supplier<Mutiny.SessionFactory> sessions) {
    this.pool = pool;
    this.sessions = sessions;
  }

  /** Executes statements on one connection. */
  public interface Sql {
    /**
     * @param values of {@code $1}, {@code $2}, …
     */
    List<Row> query(String sql, @Nullable Object... values);

    default Optional<Row> first(String sql, @Nullable Object... values) {
      return query(sql, values).stream().findFirst();
    }
  }

  /** Executes one statement, which is its own transaction. */
  public List<Row> query(String sql, @Nullable Object... values) {
    return translated(() -> execute(pool.get(), sql, values));
  }

  public Optional<Row> first(String sql, @Nullable Object... values) {
    return query(sql, values).stream().findFirst();
  }

  /** Executes the work in one transaction: all of it is written, or, where it throws, nothing. */
  public <T extends @Nullable Object> T transaction(Function<Sql, T> work) {
    return translated(
        () -> {
          SqlConnection connection = pool.get().getConnection().await().indefinitely();
          try {
            var transaction = connection.begin().await().indefinitely();
            T result;
            try {
              result = work.apply((sql, values) -> execute(connection, sql, values));
            } catch (RuntimeException e) {
              // The failure that is told is the work's, also where the connection is gone and
              // cannot be rolled back.
              transaction.rollback().onFailure().recoverWithNull().await().indefinitely();
              throw e;
            }
            transaction.commit().await().indefinitely();
            return result;
          } finally {
            connection.close().onFailure().recoverWithNull().await().indefinitely();
          }
        });
  }

  /** A connection of its own, to be closed. */
  public Channel channel(String purpose) {
    return translated(
        () -> new Channel(pool.get().getConnection().await().indefinitely(), purpose));
  }

  /** Reads through Hibernate Reactive, which must run on an event loop of its own. */
  public <T extends @Nullable Object> T read(Function<Mutiny.Session, Uni<T>> work) {
    return translated(() -> onEventLoop(() -> sessions.get().withSession(work)));
  }

  /** Writes through Hibernate Reactive in one transaction, where no hot table takes part. */
  public <T extends @Nullable Object> T write(Function<Mutiny.Session, Uni<T>> work) {
    return translated(() -> onEventLoop(() -> sessions.get().withTransaction(work)));
  }

  private static <T extends @Nullable Object> T onEventLoop(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(work);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Row> execute(SqlClient client, String sql, @Nullable Object... values) {
    var rows =
        client.preparedQuery(sql).execute(Tuple.from(Arrays.asList(values))).await().indefinitely();
    var list = new ArrayList<Row>(rows.size());
    rows.forEach(list::add);
    return list;
  }

  private static <T extends @Nullable Object> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (StowageException e) {
      throw e;
    } catch (RuntimeException e) {
      throw DatabaseErrors.translated(e);
    }
  }
}

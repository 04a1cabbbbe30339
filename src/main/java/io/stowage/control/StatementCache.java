package io.stowage.control;

import io.quarkus.arc.DefaultBean;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Makes the pool as Quarkus does, with one setting that has no property: the driver keeps prepared
 * only what is shorter than 2,048 characters, and has PostgreSQL parse and plan each longer
 * statement anew. Those that claim, commit and end runs are longer.
 */
@Singleton
@DefaultBean
public class StatementCache implements PgPoolCreator {
  /** Longer than any statement here, in characters. */
  public static final int SQL_LIMIT = 16_384;

  @Override
  public Pool create(Input input) {
    List<SqlConnectOptions> connections = List.copyOf(input.pgConnectOptionsList());
    input.pgConnectOptionsList().forEach(each -> each.setPreparedStatementCacheSqlLimit(SQL_LIMIT));
    return PgBuilder.pool()
        .with(input.poolOptions())
        .connectingTo(connections)
        .using(input.vertx())
        .build();
  }
}

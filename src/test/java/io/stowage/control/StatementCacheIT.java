package io.stowage.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.stowage.control.database.Database;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StatementCacheIT {
  private static final String LONG = "SELECT 1 AS n /* " + "and so on ".repeat(800) + "*/";

  @Inject Database database;

  @Test
  void aConnectionKeepsLongStatementsPrepared() {
    long kept =
        database.transaction(
            sql -> {
              sql.query(LONG);
              return sql.first(
                      "SELECT count(*) AS n FROM pg_prepared_statements WHERE statement = $1", LONG)
                  .orElseThrow()
                  .getLong("n");
            });
    assertThat(kept).isEqualTo(1);
  }
}

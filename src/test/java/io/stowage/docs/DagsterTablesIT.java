package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.io.table.TableIoManager;
import io.stowage.io.table.TableSettings;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.io.table.database.PostgresSettings;
import io.stowage.testing.Materialize;
import io.stowage.testing.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The documented tables, in a real PostgreSQL. */
class DagsterTablesIT {
  @Test
  void assetsAreTables() throws Exception {
    try (var postgres = EmbeddedPostgres.start()) {
      var settings =
          Settings.of(
              PostgresSettings.class,
              Map.of(
                  "url", "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                  "username", "postgres",
                  "password", "postgres"));
      var tables =
          new TableIoManager(
              PostgresDatabase.of("warehouse", settings),
              Settings.of(TableSettings.class, Map.of("store", "warehouse")));
      var result = Materialize.assets(Sales.class).manager("warehouse", tables).run().orThrow();
      assertThat(result.rows("shop/sums", Sales.Sum.class))
          .containsExactlyInAnyOrder(new Sales.Sum("Ann", 21), new Sales.Sum("Bob", 5));
      assertThat(result.materialization("shop/sums").object().location().toString())
          .endsWith("/reports/sums");
    }
  }
}

package io.stowage.app;

import io.stowage.app.doctor.DatabaseCheckup;
import io.stowage.app.doctor.Report;
import io.stowage.control.database.DatabaseState;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** Looks at the control plane's database, where this machine is told of it. */
@Singleton
final class DatabaseDoctor implements Report.Checkup {
  private static final int USUAL_POOL = 20;

  private final Config config;
  private final Schema schema;
  private final Instance<DatabaseState> state;

  @Inject
  DatabaseDoctor(Config config, Schema schema, Instance<DatabaseState> state) {
    this.config = config;
    this.schema = schema;
    this.state = state;
  }

  @Override
  public void check(Report report) {
    if (config.getOptionalValue("quarkus.datasource.active", Boolean.class).orElse(true)) {
      int pool =
          config
              .getOptionalValue("quarkus.datasource.reactive.max-size", Integer.class)
              .orElse(USUAL_POOL);
      new DatabaseCheckup(state.get(), schema::pending, pool, Clock.systemUTC()).check(report);
    } else {
      report.skip(
          "database",
          "none is named in this environment (QUARKUS_DATASOURCE_REACTIVE_URL, …_JDBC_URL): it is"
              + " the control plane's alone");
    }
  }
}

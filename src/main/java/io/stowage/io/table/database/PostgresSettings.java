package io.stowage.io.table.database;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of a store of type {@code postgresql}. */
@ConfigMapping
public interface PostgresSettings {
  /** The database, {@code postgresql://localhost:5432/warehouse?sslmode=require}. */
  String url();

  /** The role to connect as; the URL's, or the one named like the system's user. */
  Optional<String> username();

  /** Never logged. */
  Optional<String> password();
}

package io.stowage.io.table;

import io.stowage.api.AssetKey;
import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import io.stowage.io.table.database.PostgresDatabase;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;

/** Makes IO managers of type {@code table}: rows of records in tables of PostgreSQL. */
@IoManagerType("table")
public final class TableIoManagerFactory implements IoManagerFactory<TableSettings> {
  @Override
  public IoManager create(TableSettings settings, ResourceContext context) {
    return new TableIoManager(context.resource(PostgresDatabase.class, settings.store()), settings);
  }

  @Override
  public boolean stores(TableSettings settings, Type type) {
    return TableIoManager.takes(type);
  }

  @Override
  public Optional<Place> place(
      TableSettings settings,
      AssetKey asset,
      Map<String, String> metadata,
      Map<String, String> options) {
    return Optional.of(
        new Place(
            settings.store(),
            "table " + TablePlace.name(asset, metadata, settings),
            "give one of them a schema of its own by its metadata, or a database"));
  }

  @Override
  public boolean loads(TableSettings settings, Type type) {
    return TableIoManager.takes(type);
  }
}

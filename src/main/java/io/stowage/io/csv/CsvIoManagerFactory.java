package io.stowage.io.csv;

import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import io.stowage.store.ObjectStore;
import java.lang.reflect.Type;

/**
 * Makes IO managers of type {@code csv}: rows as text, with a header, for spreadsheets and what
 * else reads them.
 */
@IoManagerType("csv")
public final class CsvIoManagerFactory implements IoManagerFactory<CsvSettings> {
  @Override
  public IoManager create(CsvSettings settings, ResourceContext context) {
    return new CsvIoManager(context.resource(ObjectStore.class, settings.store()), settings);
  }

  @Override
  public boolean stores(CsvSettings settings, Type type) {
    return CsvIoManager.takes(type);
  }

  @Override
  public boolean loads(CsvSettings settings, Type type) {
    return CsvIoManager.takes(type);
  }
}

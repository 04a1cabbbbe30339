package io.stowage.io.parquet;

import io.stowage.api.InputManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import io.stowage.store.ObjectStore;
import java.lang.reflect.Type;

/** Makes input managers of type {@code parquet}, which load and do not store. */
@IoManagerType("parquet")
public final class ParquetInputManagerFactory implements IoManagerFactory<ParquetSettings> {
  @Override
  public InputManager create(ParquetSettings settings, ResourceContext context) {
    return new ParquetInputManager(context.resource(ObjectStore.class, settings.store()), settings);
  }

  @Override
  public boolean stores(ParquetSettings settings, Type type) {
    return false;
  }

  @Override
  public boolean loads(ParquetSettings settings, Type type) {
    return RecordTypes.refusal(type).isEmpty();
  }
}

package io.stowage.io.avro;

import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import io.stowage.store.ObjectStore;
import java.lang.reflect.Type;

/** Makes IO managers of type {@code avro}: object container files that any Avro library reads. */
@IoManagerType("avro")
public final class AvroIoManagerFactory implements IoManagerFactory<AvroSettings> {
  @Override
  public IoManager create(AvroSettings settings, ResourceContext context) {
    return new AvroIoManager(context.resource(ObjectStore.class, settings.store()), settings);
  }

  @Override
  public boolean stores(AvroSettings settings, Type type) {
    return AvroIoManager.takes(type);
  }

  @Override
  public boolean loads(AvroSettings settings, Type type) {
    return AvroIoManager.takes(type);
  }
}

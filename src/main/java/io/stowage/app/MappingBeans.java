package io.stowage.app;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.CustomPartitionMapping;
import io.stowage.plan.CustomMappings;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The beans that map partitions by code, by the name of their class. */
@Singleton
final class MappingBeans implements CustomMappings {
  private final Map<String, Instance.Handle<CustomPartitionMapping>> beans = new HashMap<>();

  @Inject
  MappingBeans(@Any Instance<CustomPartitionMapping> instances) {
    instances
        .handles()
        .forEach(handle -> beans.put(handle.getBean().getBeanClass().getName(), handle));
  }

  @Override
  public Optional<CustomPartitionMapping> find(String name) {
    var handle = beans.get(name);
    if (handle == null) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "there is no partition mapping '"
              + name
              + "' here: it must be a bean, so annotate the class jakarta.inject.Singleton");
    }
    return Optional.of(handle.get());
  }
}

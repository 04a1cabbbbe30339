package io.stowage.catalog.build;

import io.stowage.catalog.SettingSpec;
import java.util.List;

/** The IO manager factories of the application, by the type that configuration chooses them by. */
public record FactoryTypes(List<FactoryType> types) {
  /**
   * @param settings the interface that is mapped on {@code stowage.io.<key>.*}
   * @param loadOnly whether its managers cannot store
   */
  public record FactoryType(
      String type,
      Class<?> factory,
      Class<?> settings,
      boolean loadOnly,
      List<SettingSpec> settingSpecs) {}

  public FactoryTypes {
    types = List.copyOf(types);
  }
}

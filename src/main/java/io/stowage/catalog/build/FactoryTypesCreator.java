package io.stowage.catalog.build;

import io.stowage.catalog.SettingSpec;
import io.stowage.catalog.build.FactoryTypes.FactoryType;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import java.util.ArrayList;

/** Makes the bean that lists the factories. Public, since generated code creates it. */
public final class FactoryTypesCreator implements SyntheticBeanCreator<FactoryTypes> {
  static final String TYPES = "types";
  static final String FACTORIES = "factories";
  static final String SETTINGS = "settings";
  static final String LOAD_ONLY = "loadOnly";
  static final String SPECS = "specs";

  @Override
  public FactoryTypes create(Instance<Object> lookup, Parameters parameters) {
    String[] types = parameters.get(TYPES, String[].class);
    Class<?>[] factories = parameters.get(FACTORIES, Class[].class);
    Class<?>[] settings = parameters.get(SETTINGS, Class[].class);
    boolean[] loadOnly = parameters.get(LOAD_ONLY, boolean[].class);
    String[] specs = parameters.get(SPECS, String[].class);
    var found = new ArrayList<FactoryType>();
    for (int i = 0; i < types.length; i++) {
      var settingSpecs = specs[i].lines().map(SettingSpec::parse).toList();
      found.add(new FactoryType(types[i], factories[i], settings[i], loadOnly[i], settingSpecs));
    }
    return new FactoryTypes(found);
  }
}

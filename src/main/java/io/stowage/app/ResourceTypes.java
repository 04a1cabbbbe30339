package io.stowage.app;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.InputManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.ResourceContext;
import io.stowage.api.StowageException;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.catalog.build.FactoryTypes;
import io.stowage.catalog.build.FactoryTypes.FactoryType;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.store.ObjectStore;
import io.stowage.store.file.FileObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which stores and IO managers the configuration names, and how to make each. */
@ApplicationScoped
public class ResourceTypes implements Resources.Factories {

  private final StowageConfig config;
  private final Instance<IoManagerFactory<?>> factories;
  private final Map<String, FactoryType> types = new TreeMap<>();

  @Inject
  ResourceTypes(
      StowageConfig config, FactoryTypes found, @Any Instance<IoManagerFactory<?>> factories) {
    this.config = config;
    this.factories = factories;
    found.types().forEach(type -> types.put(type.type(), type));
  }

  /** The configured IO manager keys, and each one's type. */
  Map<String, FactoryType> managers() {
    var managers = new TreeMap<String, FactoryType>();
    config.io().keySet().forEach(key -> managers.put(key, typeOf(key)));
    return managers;
  }

  FactoryType typeOf(String key) {
    var configured = config.io().get(key);
    if (configured == null) {
      throw new StowageException(
          ErrorCode.UNKNOWN_MANAGER,
          "there is no IO manager '"
              + key
              + "': set stowage.io."
              + key
              + ".type, or name one of "
              + new TreeSet<>(config.io().keySet()));
    }
    FactoryType type = types.get(configured.type());
    if (type == null) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "stowage.io."
              + key
              + ".type is '"
              + configured.type()
              + "', but the types are "
              + types.keySet());
    }
    return type;
  }

  @Override
  public InputManager manager(String key, Map<String, String> overrides, ResourceContext context)
      throws Exception {
    FactoryType type = typeOf(key);
    Object settings = SettingsMapper.map("stowage.io." + key, type.settings(), overrides);
    return factory(type).create(settings, context);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private IoManagerFactory<Object> factory(FactoryType type) {
    return (IoManagerFactory<Object>) factories.select((Class) type.factory()).get();
  }

  /**
   * Maps each manager's settings without making it, and looks for those that it wraps, so that a
   * wrong one stops the start.
   */
  Map<String, ConfiguredType> check() {
    var configured = new TreeMap<String, ConfiguredType>();
    managers()
        .forEach(
            (key, type) -> {
              Object settings = SettingsMapper.map("stowage.io." + key, type.settings(), Map.of());
              configured.put(key, new ConfiguredType(type, factory(type), settings));
            });
    configured.forEach(
        (key, manager) -> manager.wraps().forEach(wrapped -> checkWrapped(key, wrapped)));
    return configured;
  }

  /** What can be asked of a manager before there is one. */
  record ConfiguredType(FactoryType type, IoManagerFactory<Object> factory, Object settings) {
    List<String> wraps() {
      return factory.wraps(settings);
    }

    List<String> storesBy() {
      return factory.storesBy(settings);
    }

    boolean stores(Type declared) {
      return factory.stores(settings, declared);
    }

    boolean loads(Type declared) {
      return factory.loads(settings, declared);
    }

    Optional<IoManagerFactory.Place> place(AssetKey asset, OutputDeclaration output) {
      return factory.place(settings, asset, output.metadata(), output.options());
    }
  }

  private void checkWrapped(String key, String wrapped) {
    try {
      typeOf(wrapped);
    } catch (StowageException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "IO manager '" + key + "' wraps '" + wrapped + "': " + e.getMessage(),
          e);
    }
  }

  @Override
  public ObjectStore store(String name) {
    var configured = config.stores().get(name);
    if (configured == null && name.equals(HomeStore.NAME)) {
      return new FileObjectStore(name, HomeStore.below(config.home()));
    }
    if (configured == null) {
      throw noStore(name);
    }
    return StoreTypes.open(name, configured.type());
  }

  @Override
  public PostgresDatabase database(String name) {
    var configured = config.stores().get(name);
    if (configured == null) {
      throw noStore(name);
    }
    return StoreTypes.database(name, configured.type());
  }

  /** What a store is, whatever it is called; nothing is connected to. */
  String address(String name) {
    var configured = config.stores().get(name);
    return configured != null && configured.type().equals("postgresql")
        ? database(name).address().toString()
        : name;
  }

  private StowageException noStore(String name) {
    return new StowageException(
        ErrorCode.INVALID_CONFIGURATION,
        "there is no store '"
            + name
            + "': set stowage.stores."
            + name
            + ".type, or name one of "
            + new TreeSet<>(config.stores().keySet()));
  }
}

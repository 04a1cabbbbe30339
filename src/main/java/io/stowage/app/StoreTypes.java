package io.stowage.app;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.io.table.database.PostgresSettings;
import io.stowage.store.ObjectStore;
import io.stowage.store.file.FileObjectStore;
import io.stowage.store.file.FileSettings;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.store.memory.MemorySettings;
import io.stowage.store.resource.ResourceObjectStore;
import io.stowage.store.resource.ResourceSettings;
import io.stowage.store.s3.S3ObjectStore;
import io.stowage.store.s3.S3Settings;
import java.util.Map;

/** The kinds of store that {@code stowage.stores.<name>.type} can name. */
final class StoreTypes {
  private StoreTypes() {}

  static ObjectStore open(String name, String type) {
    String prefix = "stowage.stores." + name;
    return switch (type) {
      case "file" ->
          new FileObjectStore(name, SettingsMapper.map(prefix, FileSettings.class, Map.of()));
      case "s3" -> S3ObjectStore.open(name, SettingsMapper.map(prefix, S3Settings.class, Map.of()));
      case "memory" ->
          new MemoryObjectStore(name, SettingsMapper.map(prefix, MemorySettings.class, Map.of()));
      case "resource" ->
          new ResourceObjectStore(
              name, SettingsMapper.map(prefix, ResourceSettings.class, Map.of()));
      case "postgresql" ->
          throw new StowageException(
              ErrorCode.INVALID_CONFIGURATION,
              prefix
                  + ".type is 'postgresql', which IO managers of type table use: objects are"
                  + " stored in a store of type file, s3 or memory");
      default ->
          throw new StowageException(
              ErrorCode.INVALID_CONFIGURATION,
              prefix
                  + ".type is '"
                  + type
                  + "', but a store is of type file, s3, memory, postgresql, or resource to read only");
    };
  }

  static PostgresDatabase database(String name, String type) {
    String prefix = "stowage.stores." + name;
    if (!type.equals("postgresql")) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          prefix + ".type is '" + type + "', but tables are in a store of type postgresql");
    }
    return PostgresDatabase.of(name, SettingsMapper.map(prefix, PostgresSettings.class, Map.of()));
  }
}

package io.stowage.store.resource;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectReader;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectWriter;
import io.stowage.store.StreamReader;
import io.stowage.store.WriteOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The resources of the application in one folder of its class path. They can be read, and neither
 * written, deleted nor listed: each of these is refused with {@code ACCESS_DENIED}.
 */
public final class ResourceObjectStore implements ObjectStore {
  private final String name;
  private final String folder;

  public ResourceObjectStore(String name, ResourceSettings settings) {
    this.name = name;
    this.folder = ObjectKey.of(settings.folder().replaceAll("^/+|/+$", "")).path();
  }

  @Override
  public ObjectWriter create(ObjectKey key, WriteOptions options) {
    throw readOnly("written: '" + key + "'");
  }

  @Override
  public ObjectReader open(ObjectKey key) {
    URL resource = find(key);
    if (resource == null) {
      throw new StowageException(
          ErrorCode.NOT_FOUND,
          "cannot read '%s' from the resources '%s' of store '%s': there is no such object"
              .formatted(key, folder, name));
    }
    try {
      URLConnection connection = connection(resource);
      return new StreamReader(
          info(key, connection), connection.getInputStream(), e -> unreadable(key, e));
    } catch (IOException e) {
      throw unreadable(key, e);
    }
  }

  @Override
  public Optional<ObjectInfo> info(ObjectKey key) {
    try (ObjectReader reader = open(key)) {
      return Optional.of(reader.info());
    } catch (StowageException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static URLConnection connection(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    connection.setUseCaches(false); // else closing one reader of a jar's entry ends the others'
    return connection;
  }

  private static ObjectInfo info(ObjectKey key, URLConnection connection) {
    long size = connection.getContentLengthLong();
    Instant modified = Instant.ofEpochMilli(connection.getLastModified());
    return new ObjectInfo(key, size, Long.toHexString(size), null, modified, Map.of(), null);
  }

  private @Nullable URL find(ObjectKey key) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? ResourceObjectStore.class.getClassLoader() : context;
    return loader.getResource(folder + "/" + key);
  }

  @Override
  public Stream<ObjectInfo> list(String prefix) {
    throw readOnly("listed");
  }

  @Override
  public boolean delete(ObjectKey key) {
    throw readOnly("deleted: '" + key + "'");
  }

  @Override
  public URI location(ObjectKey key) {
    try {
      return new URI("resource", folder + "/" + key, null);
    } catch (URISyntaxException e) {
      throw new StowageException(
          ErrorCode.INVALID_KEY, "'%s' cannot be written as a location".formatted(key), e);
    }
  }

  /**
   * Does nothing: what is inside the application needs no trying, and a class path cannot be asked
   * for folders.
   */
  @Override
  public void check() {}

  @Override
  public void close() {}

  private StowageException readOnly(String what) {
    return new StowageException(
        ErrorCode.ACCESS_DENIED,
        "store '%s' is inside the application, and can only be read, not %s; name another store"
            .formatted(name, what));
  }

  private StowageException unreadable(ObjectKey key, IOException cause) {
    return new StowageException(
        ErrorCode.UNAVAILABLE,
        "cannot read '%s' from the resources '%s' of store '%s'".formatted(key, folder, name),
        cause);
  }
}

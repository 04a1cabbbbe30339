package io.stowage.io.caching;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.IoManagerFactory;
import io.stowage.api.IoManagerType;
import io.stowage.api.ResourceContext;
import io.stowage.api.StowageException;
import java.util.List;

/**
 * Makes IO managers of type {@code caching}, around another one, which may only load; then this one
 * only loads as well.
 */
@IoManagerType(value = "caching", locked = "wraps")
public final class CachingIoManagerFactory implements IoManagerFactory<CachingSettings> {
  @Override
  public List<String> wraps(CachingSettings settings) {
    return List.of(settings.wraps());
  }

  @Override
  public List<String> storesBy(CachingSettings settings) {
    return wraps(settings);
  }

  @Override
  public InputManager create(CachingSettings settings, ResourceContext context) {
    String property = "stowage.io." + context.key();
    long maxBytes = settings.maxBytes().orElse(Long.MAX_VALUE);
    if (settings.maxEntries() < 1) {
      throw refused(property + ".max-entries is " + settings.maxEntries());
    }
    if (maxBytes < 1) {
      throw refused(property + ".max-bytes is " + maxBytes);
    }
    var cache = new ValueCache(settings.maxEntries(), maxBytes);
    InputManager wrapped = context.resource(InputManager.class, settings.wraps());
    return wrapped instanceof IoManager stores
        ? new CachingIoManager(stores, cache)
        : new CachingInputManager(wrapped, cache);
  }

  private static StowageException refused(String what) {
    return new StowageException(
        ErrorCode.INVALID_CONFIGURATION, what + ", but a cache keeps at least 1");
  }
}

package io.stowage.testing;

import io.stowage.api.ErrorCode;
import io.stowage.api.ResourceContext;
import io.stowage.api.StowageException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a factory is told, with ready-made resources: an {@code ObjectStore}, an API client, another
 * IO manager. Immutable.
 *
 * <pre>{@code
 * var context = ResourceContexts.of("crm").with("lake", new MemoryObjectStore("lake"));
 * }</pre>
 */
public final class ResourceContexts implements ResourceContext {
  private final String key;
  private final Map<String, Object> resources;

  private ResourceContexts(String key, Map<String, Object> resources) {
    this.key = key;
    this.resources = resources;
  }

  /**
   * A context without resources.
   *
   * @param key the IO manager key that is being made
   */
  public static ResourceContexts of(String key) {
    return new ResourceContexts(key, Map.of());
  }

  /** This context with one more resource; one of the same name is replaced. */
  public ResourceContexts with(String name, Object resource) {
    var more = new HashMap<>(resources);
    more.put(name, resource);
    return new ResourceContexts(key, more);
  }

  @Override
  public String key() {
    return key;
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where none of the name was given, or one
   *     of another type
   */
  @Override
  public <R> R resource(Class<R> type, String name) {
    Object resource = resources.get(name);
    if (!type.isInstance(resource)) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "IO manager '%s' asks for a %s '%s', but %s: give it by with(\"%s\", …)"
              .formatted(
                  key,
                  type.getSimpleName(),
                  name,
                  resource == null
                      ? "no resource of that name was given"
                      : "that is a " + resource.getClass().getSimpleName(),
                  name));
    }
    return type.cast(resource);
  }
}

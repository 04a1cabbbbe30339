package io.stowage.testing;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.StowageException;
import io.stowage.engine.IoManagers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The managers of a run: those that were given, and for any other key one that keeps values in
 * memory.
 */
final class GivenManagers implements IoManagers {
  private final Map<String, InputManager> given;
  private final GivenValues values;
  private final Storage storage;

  GivenManagers(Map<String, InputManager> given, GivenValues values, Storage storage) {
    this.given = given;
    this.values = values;
    this.storage = storage;
  }

  @Override
  public IoManager storing(String key) {
    InputManager manager = given.get(key);
    if (manager == null) {
      return storage.memory(key);
    }
    if (manager instanceof IoManager stores) {
      return stores;
    }
    throw new StowageException(
        ErrorCode.INVALID_CONFIGURATION, "IO manager '" + key + "' only loads");
  }

  @Override
  public InputManager loading(String key) {
    return context -> load(key, context);
  }

  private @Nullable Object load(String key, InputContext context) throws Exception {
    boolean external = context.upstreamOutput().ioManager().isEmpty();
    if (external && values.has(context)) {
      return values.load(context);
    }
    InputManager manager = given.get(key);
    if (manager != null) {
      return manager.loadInput(context);
    }
    if (context.upstreamOutput().ioManager().filter(key::equals).isPresent()) {
      return storage.memory(key).loadInput(context);
    }
    throw new StowageException(
        ErrorCode.UNKNOWN_MANAGER,
        "no IO manager was given under '%s'%s: say manager(\"%s\", …)%s"
            .formatted(
                key,
                external ? ", nor a value for the external asset '" + context.asset() + "'" : "",
                key,
                external ? " or input(\"" + context.asset() + "\", …)" : ""));
  }

  /** Whether a manager that was not given keeps the values under the key. */
  boolean inMemory(String key) {
    return !given.containsKey(key);
  }

  /** Whoever gave a manager closes it. */
  @Override
  public void close() {}
}

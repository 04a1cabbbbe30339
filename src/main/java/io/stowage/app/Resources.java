package io.stowage.app;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.ResourceContext;
import io.stowage.api.RetryRequested;
import io.stowage.api.StowageException;
import io.stowage.engine.IoManagers;
import io.stowage.io.table.database.PostgresDatabase;
import io.stowage.protocol.WorkerResources.Health;
import io.stowage.store.ObjectStore;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The stores and IO managers of one worker, each made once, on first use, and closed in reverse
 * order. What a run overrides is made anew for that run ({@link #forRun}), over the same stores.
 */
final class Resources implements IoManagers {
  private static final System.Logger LOG = System.getLogger(Resources.class.getName());

  private static final Duration ASKED_AGAIN = Duration.ofMinutes(5);

  private final Factories types;
  private final @Nullable Resources parent;
  private final Map<String, Map<String, String>> overrides;
  private final Map<String, ObjectStore> stores = new HashMap<>();
  private final Map<String, PostgresDatabase> databases = new HashMap<>();
  private final Map<String, InputManager> managers = new HashMap<>();
  private final Deque<Owned> owned = new ArrayDeque<>();
  private final List<String> beingMade = new ArrayList<>();
  // One lock for all: a manager is made once, whoever asks first, and making one may make those it
  // wraps.
  private final ReentrantLock lock = new ReentrantLock();

  /** Managers by the managers that they wrap, directly. */
  private final Map<String, Set<String>> wrappers = new ConcurrentHashMap<>();

  /** How each store was when it was asked last. */
  private final Map<String, Health> health = new ConcurrentHashMap<>();

  private record Owned(String name, AutoCloseable resource) {}

  /** How stores and managers are made, each time anew. */
  interface Factories {
    /**
     * @param overrides by the setting's name
     */
    InputManager manager(String key, Map<String, String> overrides, ResourceContext context)
        throws Exception;

    ObjectStore store(String name);

    PostgresDatabase database(String name);
  }

  Resources(Factories types) {
    this(types, null, Map.of());
  }

  private Resources(
      Factories types, @Nullable Resources parent, Map<String, Map<String, String>> overrides) {
    this.types = types;
    this.parent = parent;
    this.overrides = overrides;
  }

  /**
   * The managers as one run sees them; to be closed when it ends.
   *
   * @param overrides settings by IO manager key
   */
  Resources forRun(Map<String, Map<String, String>> overrides) {
    return new Resources(types, this, overrides);
  }

  @Override
  public IoManager storing(String key) {
    if (loading(key) instanceof IoManager manager) {
      return manager;
    }
    throw new StowageException(
        ErrorCode.INVALID_CONFIGURATION,
        "IO manager '" + key + "' only loads: it cannot store an asset");
  }

  @Override
  public InputManager loading(String key) {
    if (parent != null && !overrides.containsKey(key)) {
      InputManager shared = parent.loading(key);
      if (!parent.wrapsAny(key, overrides.keySet())) {
        return shared;
      }
    }
    lock.lock();
    try {
      InputManager present = managers.get(key);
      if (present != null) {
        return present;
      }
      InputManager made = make(key);
      managers.put(key, made);
      own("IO manager '" + key + "'", made);
      return made;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the manager was made around one of these, at whatever depth. */
  private boolean wrapsAny(String key, Set<String> keys) {
    lock.lock();
    try {
      return wrappers.getOrDefault(key, Set.of()).stream()
          .anyMatch(wrapped -> keys.contains(wrapped) || wrapsAny(wrapped, keys));
    } finally {
      lock.unlock();
    }
  }

  private InputManager make(String key) {
    if (beingMade.contains(key)) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "IO managers wrap each other in a circle: "
              + String.join(" → ", beingMade)
              + " → "
              + key);
    }
    beingMade.addLast(key);
    try {
      @Nullable InputManager made =
          types.manager(key, overrides.getOrDefault(key, Map.of()), new Context(key));
      if (made == null) {
        throw new StowageException(ErrorCode.ASSET_FAILED, "its factory made none");
      }
      return made;
    } catch (RetryRequested e) {
      throw e;
    } catch (StowageException e) {
      throw named(key, e);
    } catch (Exception e) {
      throw new StowageException(
          ErrorCode.ASSET_FAILED, "IO manager '" + key + "' could not be made: " + e, e);
    } finally {
      beingMade.removeLast();
    }
  }

  /** Nobody can act on a failure that does not say of which manager it is. */
  private static StowageException named(String key, StowageException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("'" + key + "'") || message.contains("stowage.io." + key + ".")
        ? e
        : new StowageException(
            e.code(), "IO manager '" + key + "' could not be made: " + message, e);
  }

  /** The store configured under the name. */
  ObjectStore store(String name) {
    if (parent != null) {
      return parent.store(name);
    }
    lock.lock();
    try {
      ObjectStore present = stores.get(name);
      if (present != null) {
        return present;
      }
      ObjectStore opened = checked(name);
      stores.put(name, opened);
      own("store '" + name + "'", opened);
      return opened;
    } finally {
      lock.unlock();
    }
  }

  /** The database configured under the name. */
  PostgresDatabase database(String name) {
    if (parent != null) {
      return parent.database(name);
    }
    lock.lock();
    try {
      PostgresDatabase present = databases.get(name);
      if (present != null) {
        return present;
      }
      PostgresDatabase opened = types.database(name);
      databases.put(name, opened);
      own("store '" + name + "'", opened);
      return opened;
    } finally {
      lock.unlock();
    }
  }

  /** Before its first use: what all else rests on is told here, with what to do about it. */
  private ObjectStore checked(String name) {
    ObjectStore store = types.store(name);
    try {
      store.check();
      health.put(name, new Health(Instant.now(), null));
      return store;
    } catch (StowageException e) {
      store.close();
      health.put(name, new Health(Instant.now(), e.getMessage()));
      throw e;
    }
  }

  /** How the stores are that were used; one that was not asked for a while is asked again. */
  Map<String, Health> health() {
    Map<String, ObjectStore> open;
    Map<String, PostgresDatabase> connected;
    lock.lock();
    try {
      open = Map.copyOf(stores);
      connected = Map.copyOf(databases);
    } finally {
      lock.unlock();
    }
    open.forEach((name, store) -> askAfterAWhile(name, store::check));
    connected.forEach((name, database) -> askAfterAWhile(name, database::check));
    return Map.copyOf(health);
  }

  private void askAfterAWhile(String name, Runnable check) {
    Instant since = Instant.now().minus(ASKED_AGAIN);
    health.compute(
        name,
        (_, known) ->
            known == null || known.checkedAt().isBefore(since) ? Resources.ask(check) : known);
  }

  private static Health ask(Runnable check) {
    try {
      check.run();
      return new Health(Instant.now(), null);
    } catch (StowageException e) {
      return new Health(Instant.now(), e.getMessage());
    }
  }

  private void own(String name, Object resource) {
    if (resource instanceof AutoCloseable closeable) {
      owned.push(new Owned(name, closeable));
    }
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      Owned last = owned.pop();
      try {
        last.resource.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, "could not close {0}: {1}", last.name, e);
      }
    }
  }

  private final class Context implements ResourceContext {
    private final String key;

    Context(String key) {
      this.key = key;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public <R> R resource(Class<R> type, String name) {
      if (type == ObjectStore.class) {
        return type.cast(store(name));
      }
      if (type == PostgresDatabase.class) {
        return type.cast(database(name));
      }
      if (InputManager.class.isAssignableFrom(type)) {
        wrappers.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet()).add(name);
        InputManager manager = loading(name);
        if (type.isInstance(manager)) {
          return type.cast(manager);
        }
      }
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "there is no " + type.getSimpleName() + " named '" + name + "'");
    }
  }
}

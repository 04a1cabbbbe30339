package io.stowage.io.caching;

import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.Materialization;
import io.stowage.api.partition.PartitionKey;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads once what the ledger names, and gives the same value to all who ask for it as the same
 * type. What is newer is another materialization: it is loaded, and takes the older one's place.
 *
 * <p>Values are shared, and must not be changed: lists and maps refuse it. Streams, and whatever
 * else can be read only once, are loaded each time; so are external assets, of which nobody says
 * when they change. The load's event says by the label {@code cached} which it was; what the
 * wrapped manager told of the value, rows that it left out for instance, is told each time.
 */
class CachingInputManager implements InputManager, AutoCloseable {
  private final InputManager wrapped;
  private final ValueCache cache;
  private final Map<Load, Lock> loading = new ConcurrentHashMap<>();

  private record Load(ValueCache.Place place, List<String> version) {}

  CachingInputManager(InputManager wrapped, ValueCache cache) {
    this.wrapped = wrapped;
    this.cache = cache;
  }

  ValueCache cache() {
    return cache;
  }

  @Override
  public @Nullable Object loadInput(InputContext context) throws Exception {
    if (context.materializations().isEmpty() || isStream(context.type())) {
      return wrapped.loadInput(context);
    }
    var place =
        new ValueCache.Place(
            context.asset(),
            context.partitions().stream().map(PartitionKey::text).toList(),
            context.type(),
            context.byPartition(),
            context.options(),
            context.metadata());
    List<String> version =
        context.materializations().stream().map(CachingInputManager::version).toList();
    Lock lock = loading.computeIfAbsent(new Load(place, version), _ -> new ReentrantLock());
    lock.lockInterruptibly();
    try {
      var kept = cache.find(place, version);
      if (kept.isPresent()) {
        kept.get().told().forEach(context::addInputMetadata);
        context.addInputMetadata("cached", true);
        return kept.get().value();
      }
      return loaded(context, place, version);
    } finally {
      loading.remove(new Load(place, version), lock);
      lock.unlock();
    }
  }

  /** Who asks for the same meanwhile waits; where this fails, the next who waits tries. */
  private @Nullable Object loaded(
      InputContext context, ValueCache.Place place, List<String> version) throws Exception {
    var told = new ToldInput(context);
    Object value = wrapped.loadInput(told);
    if (readOnce(value)) {
      return value;
    }
    Object shared = unchangeable(context.type(), value);
    cache.keep(place, new ValueCache.Entry(version, shared, told.ofTheValue(), bytes(context)));
    context.addInputMetadata("cached", false);
    return shared;
  }

  private static String version(Materialization made) {
    var object = made.object();
    return made.id() + (object == null ? "" : " " + object.location() + " " + object.etag());
  }

  private static long bytes(InputContext context) {
    long sum = 0;
    for (Materialization made : context.materializations()) {
      var object = made.object();
      if (object == null || object.bytes() < 0) {
        return -1;
      }
      sum += object.bytes();
    }
    return sum;
  }

  private static boolean readOnce(@Nullable Object value) {
    return value instanceof AutoCloseable
        || value instanceof InputStream
        || value instanceof Iterator<?>
        || (value instanceof Map<?, ?> map
            && map.values().stream().filter(Objects::nonNull).anyMatch(each -> readOnce(each)));
  }

  private static boolean isStream(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Stream.class;
  }

  /** Only where the author declared no more than the interface. */
  private static @Nullable Object unchangeable(Type type, @Nullable Object value) {
    Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
    if (value instanceof List<?> list
        && (raw == List.class || raw == Collection.class || raw == Iterable.class)) {
      return Collections.unmodifiableList(list);
    }
    return value instanceof Map<?, ?> map && raw == Map.class
        ? Collections.unmodifiableMap(map)
        : value;
  }

  @Override
  public boolean loadsRows() {
    return wrapped.loadsRows();
  }

  /** Forgets; who is wrapped is closed by who made it. */
  @Override
  public void close() {
    cache.clear();
  }
}

package io.stowage.engine.value;

import io.stowage.api.AssetValue;
import io.stowage.api.ErrorCode;
import io.stowage.api.GenericType;
import io.stowage.api.InputManager;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import io.stowage.engine.IoManagers;
import io.stowage.engine.Values;
import io.stowage.engine.value.StoredAssets.Declared;
import io.stowage.engine.value.StoredAssets.Stored;
import io.stowage.engine.value.StoredAssets.Wanted;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One asset's value, with what was said about how to read it. */
record ValueReading(StoredValues values, Wanted wanted, Manner manner) implements AssetValue {
  private static final int MOST_NAMED = 5;

  /**
   * How it is to be read.
   *
   * @param manager the key of another manager than the asset's
   * @param own settings of the manager that is asked, whatever its key
   * @param settings of managers by key
   */
  record Manner(
      Optional<String> manager,
      Map<String, String> own,
      Map<String, Map<String, String>> settings,
      Map<String, String> options) {}

  private ValueReading with(Wanted other) {
    return new ValueReading(values, other, manner);
  }

  private ValueReading with(Manner other) {
    return new ValueReading(values, wanted, other);
  }

  @Override
  public AssetValue partition(String key) {
    var keys = new LinkedHashSet<>(wanted.partitions());
    keys.add(Objects.requireNonNull(key, "the partition's key"));
    return with(new Wanted(wanted.asset(), List.copyOf(keys), wanted.at(), wanted.runId()));
  }

  @Override
  public AssetValue asOf(Instant time) {
    Objects.requireNonNull(time, "the time");
    return with(new Wanted(wanted.asset(), wanted.partitions(), time, null));
  }

  @Override
  public AssetValue asOfRun(String runId) {
    Objects.requireNonNull(runId, "the run's id");
    return with(new Wanted(wanted.asset(), wanted.partitions(), null, runId));
  }

  @Override
  public AssetValue setting(String name, String value) {
    return with(
        new Manner(
            manner.manager(),
            added(manner.own(), name, value),
            manner.settings(),
            manner.options()));
  }

  @Override
  public AssetValue setting(String ioManager, String name, String value) {
    var settings = new HashMap<>(manner.settings());
    settings.merge(ioManager, Map.of(name, value), (old, one) -> added(old, name, value));
    return with(new Manner(manner.manager(), manner.own(), Map.copyOf(settings), manner.options()));
  }

  @Override
  public AssetValue option(String name, String value) {
    return with(
        new Manner(
            manner.manager(),
            manner.own(),
            manner.settings(),
            added(manner.options(), name, value)));
  }

  @Override
  public AssetValue manager(String key) {
    return with(new Manner(Optional.of(key), manner.own(), manner.settings(), manner.options()));
  }

  private static Map<String, String> added(Map<String, String> to, String name, String value) {
    var more = new HashMap<>(to);
    more.put(name, value);
    return Map.copyOf(more);
  }

  @Override
  public List<Materialization> materializations() {
    return found(values.ledger().find(wanted));
  }

  /** All that was asked for, in the order of the partitions as they were named. */
  private List<Materialization> found(Stored stored) {
    var there = new LinkedHashMap<String, Materialization>();
    stored.materializations().stream()
        .sorted(java.util.Comparator.comparing(Materialization::partition))
        .forEach(each -> there.put(each.partition(), each));
    boolean partitioned =
        stored
            .declared()
            .map(declared -> declared.partitions().isPresent())
            .orElseGet(() -> there.keySet().stream().anyMatch(key -> !key.isEmpty()));
    if (wanted.partitions().isEmpty()) {
      // What an asset stored before it had partitions, or while it had them, is no part of it now.
      // As of a time at which there was nothing else, it is all there was.
      boolean all = there.keySet().stream().allMatch(key -> key.isEmpty() == partitioned);
      if (!all || !wanted.past()) {
        there.keySet().removeIf(key -> key.isEmpty() == partitioned);
      }
      if (there.isEmpty()) {
        throw missing(List.of());
      }
      return List.copyOf(there.values());
    }
    var missing = wanted.partitions().stream().filter(key -> !there.containsKey(key)).toList();
    if (!missing.isEmpty()) {
      throw missing(missing);
    }
    return wanted.partitions().stream().map(there::get).map(Objects::requireNonNull).toList();
  }

  private StowageException missing(List<String> partitions) {
    String named =
        partitions.isEmpty()
            ? ""
            : " for partition '"
                + String.join(
                    "', '", partitions.subList(0, Math.min(MOST_NAMED, partitions.size())))
                + "'"
                + (partitions.size() > MOST_NAMED
                    ? " and " + (partitions.size() - MOST_NAMED) + " more"
                    : "");
    String asOf =
        wanted.at() != null
            ? " by " + wanted.at()
            : wanted.runId() != null ? " by the end of run '" + wanted.runId() + "'" : "";
    return new StowageException(
        ErrorCode.NOT_MATERIALIZED,
        "asset '"
            + wanted.asset()
            + "' was never materialized"
            + named
            + asOf
            + (asOf.isEmpty() ? ": materialize it first" : ""));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> @Nullable T load(Class<T> type) {
    return (T) load((Type) type);
  }

  /** Was checked against the type. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T cast(Object value) {
    return (T) value;
  }

  @Override
  public @Nullable Object load(Type type) {
    return checked(type, read(false, _ -> type));
  }

  @Override
  public <T> List<T> list(Class<T> element) {
    return cast(whole(load(GenericType.of(List.class, element))));
  }

  @Override
  public <T> Stream<T> stream(Class<T> element) {
    return cast(whole(load(GenericType.of(Stream.class, element))));
  }

  @Override
  public <T> Map<String, @Nullable T> byPartition(Class<T> type) {
    return cast(whole(perPartition(type)));
  }

  @Override
  public <T> Map<String, List<T>> listsByPartition(Class<T> element) {
    return cast(whole(perPartition(GenericType.of(List.class, element))));
  }

  private @Nullable Object perPartition(Type type) {
    Type map = GenericType.of(Map.class, String.class, type);
    return checked(map, read(true, _ -> map));
  }

  private static @Nullable Object checked(Type type, @Nullable Object value) {
    try {
      return Values.argument("value", type, value);
    } catch (StowageException e) {
      if (value instanceof BaseStream<?, ?> stream) {
        stream.close();
      }
      throw e;
    }
  }

  private Object whole(@Nullable Object value) {
    if (value == null) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "of asset '" + wanted.asset() + "' null was stored, in place of rows");
    }
    return value;
  }

  @Override
  public Stream<Map<String, @Nullable Object>> rows() {
    return Rows.of(
        read(
            false,
            manager ->
                manager.loadsRows()
                    ? GenericType.ROWS
                    : values.type(wanted.asset()).orElseThrow(() -> classNeeded(manager))));
  }

  private StowageException classNeeded(InputManager manager) {
    return new StowageException(
        ErrorCode.TYPE_MISMATCH,
        "asset '"
            + wanted.asset()
            + "' is stored by a "
            + manager.getClass().getSimpleName()
            + ", which must be told a class: read it with the application that declares the asset");
  }

  private @Nullable Object read(boolean byPartition, Function<InputManager, Type> choice) {
    Stored stored = values.ledger().find(wanted);
    List<Materialization> found = found(stored);
    if (!stored.declared().map(Declared::valued).orElse(true)
        && found.stream().allMatch(each -> each.object() == null)) {
      throw new StowageException(
          ErrorCode.NOT_MATERIALIZED,
          "asset '" + wanted.asset() + "' has no value: nothing is stored when it is materialized");
    }
    String key = managerKey(stored);
    var overrides = overrides(key);
    IoManagers managers = values.managers(overrides);
    @Nullable Object value = null;
    try {
      InputManager manager = managers.loading(key);
      Type type = choice.apply(manager);
      var context =
          new ReadingContext(
              wanted, stored.declared(), found, type, byPartition, manner, values.clock());
      value = manager.loadInput(context);
      return until(value, managers, overrides);
    } catch (StowageException e) {
      throw e;
    } catch (Exception e) {
      throw new StowageException(
          ErrorCode.ASSET_FAILED,
          "cannot load asset '" + wanted.asset() + "' with IO manager '" + key + "': " + e,
          e);
    } finally {
      if (!Values.readOnce(value)) {
        managers.close();
      }
    }
  }

  /** Closes what was made for this reading when the value is read. */
  private @Nullable Object until(
      @Nullable Object value, IoManagers managers, Map<String, ?> overrides) {
    if (value instanceof BaseStream<?, ?> stream) {
      return stream.onClose(managers::close);
    }
    if (Values.readOnce(value) && !overrides.isEmpty()) {
      values.leave(managers);
    }
    return value;
  }

  private String managerKey(Stored stored) {
    return manner
        .manager()
        .or(() -> stored.declared().flatMap(declared -> declared.output().ioManager()))
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.UNKNOWN_MANAGER,
                    "no queue's catalog has asset '"
                        + wanted.asset()
                        + "' any more: name the IO manager that stored it"));
  }

  private Map<String, Map<String, String>> overrides(String key) {
    var overrides = new HashMap<>(manner.settings());
    if (!manner.own().isEmpty()) {
      var own = new HashMap<>(overrides.getOrDefault(key, Map.of()));
      own.putAll(manner.own());
      overrides.put(key, own);
    }
    return overrides;
  }

  /** For logs. */
  @Override
  public String toString() {
    return wanted.asset() + (wanted.partitions().isEmpty() ? "" : " " + wanted.partitions());
  }
}

package io.stowage.engine.value;

import io.stowage.api.AssetKey;
import io.stowage.api.AssetValue;
import io.stowage.api.AssetValues;
import io.stowage.engine.IoManagers;
import java.lang.reflect.Type;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads values by the ledger's word, with this process's managers. */
public final class StoredValues implements AssetValues, AutoCloseable {
  private final StoredAssets ledger;
  private final Function<Map<String, Map<String, String>>, IoManagers> managersFor;
  private final Function<AssetKey, Optional<Type>> types;
  private final Clock clock;
  private final Deque<IoManagers> left = new ArrayDeque<>();

  /**
   * @param managersFor the managers as one reading sees them, with its overrides by key
   * @param types the type that an asset is stored as, where this application declares it
   */
  public StoredValues(
      StoredAssets ledger,
      Function<Map<String, Map<String, String>>, IoManagers> managersFor,
      Function<AssetKey, Optional<Type>> types,
      Clock clock) {
    this.ledger = ledger;
    this.managersFor = managersFor;
    this.types = types;
    this.clock = clock;
  }

  @Override
  public AssetValue of(String key) {
    return new ValueReading(
        this,
        new StoredAssets.Wanted(AssetKey.of(key), List.of(), null, null),
        new ValueReading.Manner(Optional.empty(), Map.of(), Map.of(), Map.of()));
  }

  StoredAssets ledger() {
    return ledger;
  }

  IoManagers managers(Map<String, Map<String, String>> overrides) {
    return managersFor.apply(overrides);
  }

  Optional<Type> type(AssetKey asset) {
    return types.apply(asset);
  }

  Clock clock() {
    return clock;
  }

  /** Managers that a value still reads with, when nothing says how long. */
  synchronized void leave(IoManagers managers) {
    left.push(managers);
  }

  @Override
  public synchronized void close() {
    while (!left.isEmpty()) {
      left.pop().close();
    }
  }
}

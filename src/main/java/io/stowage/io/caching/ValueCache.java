package io.stowage.io.caching;

import io.stowage.api.AssetKey;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values by what was asked for, the least recently used going first. For several threads. */
final class ValueCache {
  private static final float LOAD = 0.75f;

  private final int maxEntries;
  private final long maxBytes;
  private final Map<Place, Entry> entries = new LinkedHashMap<>(16, LOAD, true);
  private long bytes;

  ValueCache(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** What is asked for, whichever version of it. */
  record Place(
      AssetKey asset,
      List<String> partitions,
      Type type,
      boolean byPartition,
      Map<String, String> options,
      Map<String, String> metadata) {}

  /**
   * @param version of which materializations
   * @param told metadata of the value
   * @param bytes as stored, or -1
   */
  record Entry(
      List<String> version, @Nullable Object value, Map<String, Object> told, long bytes) {}

  /** An entry of another version is dropped: it is older, or the caller's is. */
  synchronized Optional<Entry> find(Place place, List<String> version) {
    Entry entry = entries.get(place);
    if (entry == null) {
      return Optional.empty();
    }
    if (!entry.version().equals(version)) {
      drop(place);
      return Optional.empty();
    }
    return Optional.of(entry);
  }

  synchronized void keep(Place place, Entry entry) {
    drop(place);
    if (maxBytes < Long.MAX_VALUE && (entry.bytes() < 0 || entry.bytes() > maxBytes)) {
      return;
    }
    entries.put(place, entry);
    bytes += Math.max(0, entry.bytes());
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() > maxEntries || bytes > maxBytes) {
      bytes -= Math.max(0, oldest.next().bytes());
      oldest.remove();
    }
  }

  private void drop(Place place) {
    Entry dropped = entries.remove(place);
    bytes -= dropped == null ? 0 : Math.max(0, dropped.bytes());
  }

  /**
   * Drops what has one of the partitions in it.
   *
   * @param partitions empty for an asset without any
   */
  synchronized void forget(AssetKey asset, List<String> partitions) {
    var stale =
        entries.keySet().stream()
            .filter(place -> place.asset().equals(asset))
            .filter(
                place ->
                    partitions.isEmpty() || !Collections.disjoint(place.partitions(), partitions))
            .toList();
    stale.forEach(this::drop);
  }

  synchronized int size() {
    return entries.size();
  }

  synchronized void clear() {
    entries.clear();
    bytes = 0;
  }
}

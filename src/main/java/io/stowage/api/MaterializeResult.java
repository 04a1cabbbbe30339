package io.stowage.api;

import io.stowage.api.metadata.MetadataValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a method returns that stored its asset itself: the materialization is recorded, and no IO
 * manager called. Immutable.
 */
public final class MaterializeResult {
  private final Map<String, MetadataValue> metadata;

  private MaterializeResult(Map<String, MetadataValue> metadata) {
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  public static MaterializeResult done() {
    return new MaterializeResult(Map.of());
  }

  /** As {@link Output#with}. */
  public MaterializeResult with(String label, @Nullable Object value) {
    var more = new LinkedHashMap<>(metadata);
    more.put(label, MetadataValue.of(label, value));
    return new MaterializeResult(more);
  }

  public Map<String, MetadataValue> metadata() {
    return metadata;
  }
}

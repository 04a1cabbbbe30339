package io.stowage.api;

import io.stowage.api.metadata.MetadataValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value with metadata. Immutable.
 *
 * @param <T> the declared type of the value
 */
public final class Output<T extends @Nullable Object> {
  private final T value;
  private final Map<String, MetadataValue> metadata;

  private Output(T value, Map<String, MetadataValue> metadata) {
    this.value = value;
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  public static <T extends @Nullable Object> Output<T> of(T value) {
    return new Output<>(value, Map.of());
  }

  /**
   * This output with one more label.
   *
   * @param value as {@link MetadataValue#of} takes it
   * @throws StowageException {@code TYPE_MISMATCH} for a value that metadata cannot represent, with
   *     label and type
   */
  public Output<T> with(String label, @Nullable Object value) {
    var more = new LinkedHashMap<>(metadata);
    more.put(label, MetadataValue.of(label, value));
    return new Output<>(this.value, more);
  }

  public T value() {
    return value;
  }

  /** In the order in which it was added. */
  public Map<String, MetadataValue> metadata() {
    return metadata;
  }
}

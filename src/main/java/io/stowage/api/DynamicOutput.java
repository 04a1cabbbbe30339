package io.stowage.api;

import io.stowage.api.metadata.MetadataValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the values that an op emits under keys which it finds out when it runs. Immutable.
 *
 * @param <T> the type of the value
 */
public final class DynamicOutput<T extends @Nullable Object> {
  private final String mappingKey;
  private final Output<T> output;

  private DynamicOutput(String mappingKey, Output<T> output) {
    this.mappingKey = mappingKey;
    this.output = output;
  }

  /**
   * @param mappingKey tells the value from the op's others: 1 to 255 characters without {@code /}
   *     and control characters, other than {@code .} and {@code ..}
   * @throws StowageException {@code INVALID_KEY}
   */
  public static <T extends @Nullable Object> DynamicOutput<T> of(String mappingKey, T value) {
    try {
      if (AssetKey.of(mappingKey).components().size() != 1) {
        throw new StowageException(ErrorCode.INVALID_KEY, "it has a '/'");
      }
    } catch (StowageException e) {
      throw new StowageException(
          ErrorCode.INVALID_KEY,
          "mapping key '"
              + mappingKey.replaceAll("\\p{Cntrl}", "?")
              + "' cannot be: it has 1 to 255 characters, none of them '/' or a control character",
          e);
    }
    return new DynamicOutput<>(mappingKey, Output.of(value));
  }

  /** This value with one more label, as {@link Output#with}. */
  public DynamicOutput<T> with(String label, @Nullable Object value) {
    return new DynamicOutput<>(mappingKey, output.with(label, value));
  }

  public String mappingKey() {
    return mappingKey;
  }

  public T value() {
    return output.value();
  }

  /** In the order in which it was added. */
  public Map<String, MetadataValue> metadata() {
    return output.metadata();
  }
}

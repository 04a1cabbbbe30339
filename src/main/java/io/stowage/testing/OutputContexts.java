package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.metadata.MetadataValue;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds the context that an {@code IoManager} is told by when it is to store a value, so that it
 * can be tested without an engine:
 *
 * <pre>{@code
 * var stored = OutputContexts.of("shop/orders", Types.listOf(Order.class))
 *     .partitions(PartitionsDefinition.daily("2026-01-01"))
 *     .partition("2026-01-02")
 *     .options(Map.of("sheet", "orders"))
 *     .build();
 * manager.handleOutput(stored, List.of(new Order("a", 2)));
 * assertThat(stored.metadata()).containsEntry("rows", new MetadataValue.Int(1));
 *
 * var loaded = InputContexts.of(stored).build();
 * assertThat(manager.loadInput(loaded)).isEqualTo(List.of(new Order("a", 2)));
 * }</pre>
 *
 * <p>What is not said has the value that it has for an asset declared without it. A builder may be
 * built from several times: each context is new, and knows nothing of the others.
 */
public final class OutputContexts extends ContextBuilder<OutputContexts> {
  private final AssetKey asset;
  private final Type type;
  private final Map<String, MetadataValue> valueMetadata = new LinkedHashMap<>();
  private String outputName = "result";
  private boolean nullable;
  private Map<String, String> definitionMetadata = Map.of();
  private Map<String, String> options = Map.of();
  private @Nullable String mappingKey;

  private OutputContexts(AssetKey asset, Type type) {
    super(asset.toString());
    this.asset = asset;
    this.type = type;
  }

  /** What an output context is told of the output. */
  record Output(
      AssetKey asset,
      Type type,
      String outputName,
      boolean nullable,
      Map<String, String> definitionMetadata,
      Map<String, MetadataValue> valueMetadata,
      Map<String, String> options,
      Optional<String> mappingKey) {}

  /**
   * @param asset the whole key, {@code shop/orders}
   * @param type the declared type of the value: a class, or one with arguments by {@link Types}
   * @throws io.stowage.api.StowageException {@code INVALID_KEY}
   */
  public static OutputContexts of(String asset, Type type) {
    return new OutputContexts(AssetKey.of(asset), type);
  }

  /** The component of a multi-asset; {@code result} otherwise. */
  public OutputContexts outputName(String given) {
    outputName = given;
    return this;
  }

  /** Null may be stored. */
  public OutputContexts nullable() {
    nullable = true;
    return this;
  }

  /** Constants of the asset's definition. */
  public OutputContexts definitionMetadata(Map<String, String> given) {
    definitionMetadata = Map.copyOf(given);
    return this;
  }

  /** What the author adds to the value, as {@code Output.with} does. */
  public OutputContexts valueMetadata(String label, @Nullable Object value) {
    valueMetadata.put(label, MetadataValue.of(label, value));
    return this;
  }

  /** Options of the output. */
  public OutputContexts options(Map<String, String> given) {
    options = Map.copyOf(given);
    return this;
  }

  /** The key of a dynamic output. */
  public OutputContexts mappingKey(String given) {
    mappingKey = given;
    return this;
  }

  /**
   * A new context.
   *
   * @throws io.stowage.api.StowageException {@code UNKNOWN_PARTITION} for a key that the definition
   *     has not
   */
  public RecordedOutput build() {
    return new RecordedOutput(
        step(),
        new Output(
            asset,
            type,
            outputName,
            nullable,
            definitionMetadata,
            Collections.unmodifiableMap(new LinkedHashMap<>(valueMetadata)),
            options,
            Optional.ofNullable(mappingKey)));
  }

  @Override
  OutputContexts self() {
    return this;
  }
}

package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import io.stowage.api.UpstreamOutput;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds the context that an {@code InputManager} is told by when it is to load a value, so that it
 * can be tested without an engine. Of what was stored before, by {@link
 * InputContexts#of(RecordedOutput...)}:
 *
 * <pre>{@code
 * var january = OutputContexts.of("shop/orders", List.class).partition("2026-01").build();
 * var february = OutputContexts.of("shop/orders", List.class).partition("2026-02").build();
 * // … the manager stores both
 * var both = InputContexts.of(january, february).type(Types.mapOf(List.class)).build();
 * assertThat((Map<?, ?>) manager.loadInput(both)).containsOnlyKeys("2026-01", "2026-02");
 * }</pre>
 *
 * or of an asset of which nothing is known but its key, by {@link #of(String, Type)}: one that was
 * never stored, or an external one.
 */
public final class InputContexts extends ContextBuilder<InputContexts> {
  private final AssetKey asset;
  private final List<Materialization> materializations = new ArrayList<>();
  private Type type;
  private String inputName;
  private Map<String, String> metadata = Map.of();
  private Map<String, String> options = Map.of();
  private UpstreamOutput upstream;
  private boolean external;
  private @Nullable Boolean byPartition;
  private boolean allowMissing;

  private InputContexts(AssetKey asset, Type type) {
    super("test");
    this.asset = asset;
    this.type = type;
    this.inputName = asset.name();
    this.upstream = new UpstreamOutput(asset, "result", Map.of(), Map.of(), Optional.of("default"));
  }

  /** What an input context is told of the input. */
  record Input(
      AssetKey asset,
      Type type,
      String inputName,
      Map<String, String> metadata,
      Map<String, String> options,
      UpstreamOutput upstream,
      List<Materialization> materializations,
      boolean byPartition,
      boolean allowMissing) {}

  /**
   * Of what these have stored, which are one asset, or partitions of it: with their definition,
   * their keys in this order, their type, and as upstream what they were told.
   *
   * @param stored one at least
   * @throws StowageException {@code INVALID_REQUEST} where they are of several assets, or there are
   *     none
   */
  public static InputContexts of(RecordedOutput... stored) {
    var assets = List.of(stored).stream().map(RecordedOutput::asset).distinct().toList();
    if (assets.size() != 1) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "an input is of one asset, not of " + assets);
    }
    RecordedOutput first = stored[0];
    var builder = new InputContexts(first.asset(), first.type());
    builder.upstream =
        new UpstreamOutput(
            first.asset(),
            first.outputName(),
            first.definitionMetadata(),
            first.options(),
            Optional.of("default"));
    first.facts().definition().ifPresent(builder::partitions);
    for (RecordedOutput each : stored) {
      each.partitions().forEach(builder::partition);
      builder.materializations.add(each.materialization());
    }
    return builder;
  }

  /**
   * Of an asset of which nothing was stored; {@link #external} where nobody computes it.
   *
   * @param asset the whole key
   * @param type the declared type of the input
   */
  public static InputContexts of(String asset, Type type) {
    return new InputContexts(AssetKey.of(asset), type);
  }

  /** The declared type of the input, where it is another than what was stored. */
  public InputContexts type(Type given) {
    type = given;
    return this;
  }

  /** The parameter's name; the last component of the asset's key otherwise. */
  public InputContexts inputName(String given) {
    inputName = given;
    return this;
  }

  /** Constants of the input. */
  public InputContexts metadata(Map<String, String> given) {
    metadata = Map.copyOf(given);
    return this;
  }

  /** Options of the input. */
  public InputContexts options(Map<String, String> given) {
    options = Map.copyOf(given);
    return this;
  }

  /** What is told of the output that is read, in place of what follows from the contexts. */
  public InputContexts upstream(UpstreamOutput given) {
    upstream = given;
    return this;
  }

  /** Nobody computes the asset: its upstream has its key only, and the constants of the input. */
  public InputContexts external() {
    external = true;
    return this;
  }

  /** What was committed, beside what the contexts say. */
  public InputContexts materialization(Materialization given) {
    materializations.add(given);
    return this;
  }

  /**
   * Several partitions can be mapped, though here it may be one: a map is by partition key.
   * Otherwise this follows from how many partitions there are.
   */
  public InputContexts byPartition() {
    byPartition = true;
    return this;
  }

  /** Partitions that are not there are left out. */
  public InputContexts allowMissingPartitions() {
    allowMissing = true;
    return this;
  }

  /**
   * A new context.
   *
   * @throws StowageException {@code UNKNOWN_PARTITION} for a key that the definition has not
   */
  public RecordedInput build() {
    Step step = step();
    boolean several = byPartition == null ? step.partitions().size() > 1 : byPartition;
    return new RecordedInput(
        step,
        new Input(
            asset,
            type,
            inputName,
            metadata,
            options,
            external
                ? new UpstreamOutput(asset, "result", metadata, options, Optional.empty())
                : upstream,
            List.copyOf(materializations),
            several,
            allowMissing));
  }

  @Override
  InputContexts self() {
    return this;
  }
}

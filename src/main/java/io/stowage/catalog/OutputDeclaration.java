package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.SchemaPolicy;
import java.util.Map;

/**
 * An asset that a method computes.
 *
 * @param name {@code result}, or the component of a multi-asset's record
 * @param type of the value itself, without {@code Output<…>}; void where nothing is stored; {@code
 *     Optional<…>} where a step may go without emitting it; {@code Supplier<…>} of these where it
 *     is computed when it is stored
 * @param nullable whether null may be stored
 */
public record OutputDeclaration(
    String name,
    AssetKey asset,
    DeclaredType type,
    boolean nullable,
    String ioManager,
    String description,
    Map<String, String> metadata,
    Map<String, String> options,
    SchemaPolicy schemaPolicy) {
  public static final String RESULT = "result";
  static final String DYNAMIC = "io.stowage.api.DynamicOutput";
  private static final String SUPPLIER = "java.util.function.Supplier";
  private static final String SELF_STORED = "io.stowage.api.MaterializeResult";

  public OutputDeclaration {
    metadata = Map.copyOf(metadata);
    options = Map.copyOf(options);
  }

  /** An output whose type may change as long as what is stored can be read. */
  public OutputDeclaration(
      String name,
      AssetKey asset,
      DeclaredType type,
      boolean nullable,
      String ioManager,
      String description,
      Map<String, String> metadata,
      Map<String, String> options) {
    this(
        name,
        asset,
        type,
        nullable,
        ioManager,
        description,
        metadata,
        options,
        SchemaPolicy.BACKWARD);
  }

  /**
   * Whether a step may succeed without this output: then nothing is stored, and what needs it is
   * skipped.
   */
  public boolean optional() {
    return emittedType().is("java.util.Optional");
  }

  /** Whether it is known when the method has returned, and not only when it is its turn. */
  boolean atOnce() {
    return !type.is(SUPPLIER);
  }

  /** Whether a step emits as many values as it likes, each under a mapping key of its own. */
  public boolean dynamic() {
    DeclaredType emitted = emittedType();
    return emitted.element().is(DYNAMIC) && !emitted.is(DYNAMIC);
  }

  /** The type of what is stored: of a dynamic output that of each value. */
  public DeclaredType storedType() {
    DeclaredType emitted = emittedType();
    if (dynamic()) {
      return emitted.element().element();
    }
    return optional() ? emitted.element() : emitted;
  }

  /** The type of what is emitted, at once or when a supplier is asked for it. */
  private DeclaredType emittedType() {
    if (atOnce()) {
      return type;
    }
    return type.element().is("io.stowage.api.Output") ? type.element().element() : type.element();
  }

  /**
   * Whether an IO manager stores the value: not for {@code void}, and not where the author stores
   * it himself.
   */
  public boolean stored() {
    return !emittedType().isVoid() && !selfStored();
  }

  /** Whether the author stores it, and returns what is to be recorded. */
  public boolean selfStored() {
    return emittedType().is(SELF_STORED);
  }
}

package io.stowage.engine;

import io.stowage.catalog.OutputDeclaration;
import java.util.Optional;

/**
 * An output as a step emits it.
 *
 * @param mappingKey of one value of a dynamic output; empty for any other, and for a dynamic output
 *     as a whole, which is committed last and says which values there are
 */
record Emitted(OutputDeclaration declaration, Optional<String> mappingKey) {
  /** The label, of a dynamic output as a whole, of its mapping keys in the order of emission. */
  static final String MAPPING_KEYS = "mapping-keys";

  static Emitted of(OutputDeclaration declaration) {
    return new Emitted(declaration, Optional.empty());
  }

  /** The name that it is committed by: {@code result}, {@code result[key]}. */
  String name() {
    return mappingKey.map(key -> declaration.name() + "[" + key + "]").orElse(declaration.name());
  }
}

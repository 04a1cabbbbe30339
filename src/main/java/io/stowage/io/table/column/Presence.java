package io.stowage.io.table.column;

import io.stowage.io.record.TypeUse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value may be missing, and how its type says so.
 *
 * @param use of the value that is there: the type within the {@code Optional}
 * @param optional whether nothing is an empty {@code Optional}, and not null
 */
public record Presence(TypeUse use, boolean nullable, boolean optional) {
  public static Presence of(TypeUse use) {
    boolean optional = use.raw() == Optional.class;
    return new Presence(optional ? use.argument(0) : use, optional || use.nullable(), optional);
  }

  /**
   * The value itself; null for none.
   *
   * @throws IllegalArgumentException where it is missing, and may not be
   */
  public @Nullable Object inner(@Nullable Object value) {
    if (value == null && (optional || !nullable)) {
      throw missing();
    }
    return optional && value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
  }

  /**
   * The value as its type has it.
   *
   * @param inner null for none
   * @throws IllegalArgumentException where it is missing, and may not be
   */
  public @Nullable Object outer(@Nullable Object inner) {
    if (inner == null && !nullable) {
      throw missing();
    }
    return optional ? Optional.ofNullable(inner) : inner;
  }

  private static IllegalArgumentException missing() {
    return new IllegalArgumentException("it is null, which its declaration does not allow");
  }
}

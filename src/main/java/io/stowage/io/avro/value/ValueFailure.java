package io.stowage.io.avro.value;

import io.stowage.io.avro.schema.SchemaText;
import org.jspecify.annotations.Nullable;

/**
 * A value that cannot be written or read. It learns where the value stands on its way up the tree.
 */
public final class ValueFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private String path = "";

  ValueFailure(String reason, @Nullable Throwable cause) {
    super(reason, cause, false, false);
  }

  static ValueFailure writing(@Nullable Object value, ValueCodec codec, RuntimeException e) {
    if (e instanceof ValueFailure known) {
      return known;
    }
    if (e instanceof ClassCastException && value != null) {
      String reason =
          "a value of type '%s' is not %s"
              .formatted(value.getClass().getTypeName(), SchemaText.of(codec.schema()));
      return new ValueFailure(reason, e);
    }
    return new ValueFailure(reason(e), e);
  }

  static ValueFailure reading(Exception e) {
    return e instanceof ValueFailure known ? known : new ValueFailure(reason(e), e);
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  ValueFailure in(String field) {
    path = path.isEmpty() || path.startsWith("[") ? field + path : field + "." + path;
    return this;
  }

  ValueFailure at(Object index) {
    path = "[" + index + "]" + (path.isEmpty() || path.startsWith("[") ? path : "." + path);
    return this;
  }

  /** {@code stations[3].city}; empty where it is the value itself. */
  public String path() {
    return path;
  }

  /** The reason, and where: {@code 'stations[3].city': null is not allowed there}. */
  public String sentence() {
    return path.isEmpty() ? String.valueOf(getMessage()) : "'" + path + "': " + getMessage();
  }
}

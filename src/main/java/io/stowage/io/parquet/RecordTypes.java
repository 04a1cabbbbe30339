package io.stowage.io.parquet;

import io.stowage.io.object.InputShape;
import io.stowage.io.record.RecordField;
import io.stowage.io.record.RecordShape;
import io.stowage.io.record.TypeUse;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which types can be loaded at all, known before any file is. */
final class RecordTypes {
  private RecordTypes() {}

  /** Why the type cannot be loaded; empty where it can. */
  static Optional<String> refusal(Type type) {
    Class<?> raw = InputShape.raw(type);
    if (!(type instanceof ParameterizedType rows)
        || !(raw == Stream.class || InputShape.isList(raw))
        || !(rows.getActualTypeArguments()[0] instanceof Class<?> record)
        || !record.isRecord()) {
      return Optional.of(
          "Parquet is loaded as a List or a Stream of records, not as a " + type.getTypeName());
    }
    return refusal(record, List.of());
  }

  private static Optional<String> refusal(Class<?> record, List<Class<?>> above) {
    if (above.contains(record)) {
      return Optional.of(
          "record '%s' contains itself, which no Parquet file does"
              .formatted(record.getSimpleName()));
    }
    var path = new ArrayList<>(above);
    path.add(record);
    for (RecordField field : RecordShape.of(record).fields()) {
      if (!readable(field.use(), path)) {
        return Optional.of(
            "component '%s' of '%s' is a %s, which is not read from Parquet"
                .formatted(field.name(), record.getSimpleName(), field.use()));
      }
    }
    return Optional.empty();
  }

  private static boolean readable(TypeUse use, List<Class<?>> above) {
    Class<?> raw = use.raw();
    if (raw == Optional.class || InputShape.isList(raw)) {
      return use.type() instanceof ParameterizedType && readable(use.argument(0), above);
    }
    return raw.isRecord() ? refusal(raw, above).isEmpty() : Conversions.knows(raw);
  }
}

package io.stowage.io.avro.value;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.record.RecordField;
import io.stowage.io.record.RecordShape;
import io.stowage.io.record.TypeUse;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tree of codecs for a type, and with it the schema.
 *
 * <table>
 * <caption>Java types in Avro</caption>
 * <tr><td>{@code boolean}, {@code int}, {@code long}, {@code float}, {@code double}</td><td>the same; {@code byte} and {@code short} as int</td></tr>
 * <tr><td>{@code String}, {@code char}; {@code byte[]}, {@code ByteBuffer}</td><td>string; bytes</td></tr>
 * <tr><td>{@code Instant}, {@code LocalDateTime}</td><td>timestamp-micros, local-timestamp-micros</td></tr>
 * <tr><td>{@code LocalDate}, {@code LocalTime}</td><td>date, time-micros</td></tr>
 * <tr><td>{@code BigDecimal}</td><td>big-decimal, which keeps each value's scale</td></tr>
 * <tr><td>{@code UUID}</td><td>string with the logical type uuid</td></tr>
 * <tr><td>{@code BigInteger}, {@code URI}, {@code Duration}, {@code Period}, {@code YearMonth}, {@code OffsetDateTime},
 *     {@code ZonedDateTime}</td><td>string</td></tr>
 * <tr><td>enums, records</td><td>enum, record; inside of another type, that type's name is part of the namespace</td></tr>
 * <tr><td>{@code List}, {@code Collection}, {@code Set}, arrays; {@code Map<String, …>}</td><td>array; map; as a field, empty by default</td></tr>
 * <tr><td>{@code Optional}, {@code @Nullable}</td><td>union with null; as a field, null by default</td></tr>
 * <tr><td>sealed interfaces of records and enums</td><td>union</td></tr>
 * </table>
 */
final class CodecCompiler {
  private final Map<Class<?>, RecordCodec> records = new HashMap<>();
  private final Map<Class<?>, EnumCodec> enums = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final Type declared;

  private CodecCompiler(Type declared) {
    this.declared = declared;
  }

  /**
   * @throws StowageException {@code TYPE_MISMATCH} naming the type that cannot be stored, where it
   *     stands, and why
   */
  static ValueCodec compile(Type type) {
    return new CodecCompiler(type).codec(TypeUse.of(type));
  }

  private ValueCodec codec(TypeUse use) {
    try {
      ValueCodec codec = present(use, use.raw());
      return use.nullable() ? codec.orNull() : codec;
    } catch (AvroRuntimeException | IllegalArgumentException e) {
      throw refused(use, String.valueOf(e.getMessage()), e);
    }
  }

  private ValueCodec present(TypeUse use, Class<?> type) {
    ValueCodec scalar = scalar(type);
    if (scalar != null) {
      return scalar;
    }
    if (type == Optional.class) {
      return optional(use);
    }
    if (type.isArray()) {
      return CollectionCodec.array(use.element().raw(), codec(use.element()));
    }
    if (type == List.class || type == Collection.class) {
      return CollectionCodec.list(codec(use.argument(0)));
    }
    if (type == Set.class) {
      return CollectionCodec.set(codec(use.argument(0)));
    }
    return type == Map.class ? map(use) : named(use, type);
  }

  private static @Nullable ValueCodec scalar(Class<?> type) {
    ValueCodec number = ScalarCodecs.of(type);
    if (number != null) {
      return number;
    }
    ValueCodec time = TimeCodecs.of(type);
    return time == null ? TextCodecs.of(type) : time;
  }

  private ValueCodec optional(TypeUse use) {
    TypeUse value = use.argument(0);
    if (value.raw() == Optional.class) {
      throw refused(
          use, "an Optional of an Optional has two kinds of nothing, and Avro has one", null);
    }
    return new OptionalCodec(codec(value).orNull());
  }

  private ValueCodec map(TypeUse use) {
    if (use.argument(0).raw() != String.class) {
      throw refused(
          use,
          "the keys of Avro's maps are strings: declare a Map<String, …> or a list of records",
          null);
    }
    return new MapCodec(codec(use.argument(1)));
  }

  private ValueCodec named(TypeUse use, Class<?> type) {
    if (type.isRecord()) {
      return record(use, type);
    }
    if (type.isEnum()) {
      return enums.computeIfAbsent(type, CodecCompiler::enumeration);
    }
    if (type.isSealed()) {
      return union(use, type);
    }
    throw refused(use, reason(type), null);
  }

  private static String reason(Class<?> type) {
    if (type == Object.class) {
      return "it says nothing about its values: declare what it holds";
    }
    if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
      return "declare a List, a Set or a Map<String, …> instead";
    }
    return "only records, sealed interfaces of records, enums, collections and the usual scalars are stored";
  }

  private ValueCodec record(TypeUse use, Class<?> type) {
    RecordCodec known = records.get(type);
    if (known != null) {
      return known;
    }
    if (type.getTypeParameters().length > 0) {
      throw refused(
          use,
          "it has type parameters, and a schema's name has none: declare a record without them",
          null);
    }
    RecordShape shape = RecordShape.of(type);
    Schema schema = Schema.createRecord(type.getSimpleName(), null, namespace(type), false);
    aliases(type).forEach(schema::addAlias);
    var codec = new RecordCodec(schema, shape);
    records.put(type, codec);
    List<ValueCodec> codecs = shape.fields().stream().map(this::field).toList();
    var fields = new ArrayList<Schema.Field>();
    for (int i = 0; i < codecs.size(); i++) {
      fields.add(field(shape.fields().get(i), codecs.get(i)));
    }
    schema.setFields(fields);
    codec.complete(codecs);
    return codec;
  }

  private ValueCodec field(RecordField field) {
    path.addLast(field.name());
    ValueCodec codec = codec(field.use());
    path.removeLast();
    return codec;
  }

  private static Schema.Field field(RecordField field, ValueCodec codec) {
    var made = new Schema.Field(field.name(), codec.schema(), null, codec.fieldDefault());
    field.aliases().forEach(made::addAlias);
    return made;
  }

  private static EnumCodec enumeration(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    List<String> names = Stream.of(constants).map(constant -> ((Enum<?>) constant).name()).toList();
    Schema schema = Schema.createEnum(type.getSimpleName(), null, namespace(type), names);
    aliases(type).forEach(schema::addAlias);
    return new EnumCodec(schema, constants);
  }

  private ValueCodec union(TypeUse use, Class<?> type) {
    Set<Class<?>> leaves = new LinkedHashSet<>();
    collectLeaves(use, type, leaves);
    return UnionCodec.of(
        List.copyOf(leaves), leaves.stream().map(leaf -> codec(TypeUse.of(leaf))).toList());
  }

  private void collectLeaves(TypeUse use, Class<?> type, Set<Class<?>> leaves) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isRecord() || permitted.isEnum()) {
        leaves.add(permitted);
      } else if (permitted.isSealed()) {
        collectLeaves(use, permitted, leaves);
      } else {
        throw refused(
            use,
            "it permits '" + permitted.getTypeName() + "', which is neither a record nor an enum",
            null);
      }
    }
  }

  /** The package, and the types around it: Avro's names have no dollar sign. */
  private static String namespace(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    if (outer == null) {
      return type.getPackageName();
    }
    String around = namespace(outer);
    return around.isEmpty() ? outer.getSimpleName() : around + "." + outer.getSimpleName();
  }

  private static List<String> aliases(Class<?> type) {
    Alias alias = type.getAnnotation(Alias.class);
    return alias == null ? List.of() : List.of(alias.value());
  }

  private StowageException refused(TypeUse use, String reason, @Nullable Throwable cause) {
    String where =
        path.isEmpty()
            ? ""
            : " in '" + String.join(".", path) + "' of '" + declared.getTypeName() + "'";
    return new StowageException(
        ErrorCode.TYPE_MISMATCH,
        "'%s'%s cannot be stored as Avro: %s".formatted(use, where, reason),
        cause);
  }
}

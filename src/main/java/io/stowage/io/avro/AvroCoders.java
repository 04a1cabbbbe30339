package io.stowage.io.avro;

import io.stowage.api.Alias;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The coder of a Java type: records by their components; lists, sets, maps and optionals of what
 * can be coded; enums; sealed interfaces of records; the scalars of {@link Scalars}. A component
 * that may be null, or is optional, has the default null; a list or map the default empty: so that
 * what was stored before the component was there can be read.
 */
final class AvroCoders {
  private final Map<Class<?>, Coder> named = new HashMap<>();

  private AvroCoders() {}

  /**
   * @throws StowageException {@code TYPE_MISMATCH}, naming the type, where it stands, and what can
   *     be done
   */
  static Coder of(Type type) {
    return new AvroCoders().coder(type, type.getTypeName());
  }

  /** As {@link #of}, for a value that may be null. */
  static Coder nullable(Type type) {
    return new Coders.NullableCoder(of(type), false);
  }

  private Coder coder(Type type, String where) {
    return switch (type) {
      case Class<?> raw -> ofClass(raw, where);
      case ParameterizedType generic -> ofGeneric(generic, where);
      case WildcardType wildcard -> coder(wildcard.getUpperBounds()[0], where);
      default -> throw unsupported(type, where, "name a class in its place");
    };
  }

  private Coder ofGeneric(ParameterizedType type, String where) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == List.class
        || raw == Collection.class
        || raw == Iterable.class
        || raw == Stream.class) {
      return new Coders.ArrayCoder(coder(arguments[0], where + "[]"), false);
    }
    if (raw == Set.class) {
      return new Coders.ArrayCoder(coder(arguments[0], where + "[]"), true);
    }
    if (raw == Optional.class) {
      return new Coders.NullableCoder(coder(arguments[0], where), true);
    }
    if (raw == Map.class) {
      if (arguments[0] != String.class) {
        throw unsupported(type, where, "the keys of a map are text");
      }
      return new Coders.MapCoder(coder(arguments[1], where + "{}"));
    }
    throw unsupported(type, where, "use a List, Set, Map or Optional");
  }

  private Coder ofClass(Class<?> type, String where) {
    Coder known = Scalars.of(type);
    if (known == null) {
      known = named.get(type);
    }
    if (known != null) {
      return known;
    }
    if (type.isEnum()) {
      var words =
          Arrays.stream(type.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList();
      return kept(
          type,
          new Coders.EnumCoder(
              type, Schema.createEnum(type.getSimpleName(), null, namespace(type), words)));
    }
    if (type.isRecord()) {
      return record(type, where);
    }
    if (type.isSealed()) {
      var permitted = List.<Class<?>>of(type.getPermittedSubclasses());
      return new Coders.SealedCoder(
          permitted, permitted.stream().map(each -> ofClass(each, where)).toList());
    }
    throw unsupported(
        type,
        where,
        "use a record, an enum, text, a number, a time, bytes, or a collection of these; or an IO manager of your own");
  }

  private Coder kept(Class<?> type, Coder coder) {
    named.put(type, coder);
    return coder;
  }

  private Coder record(Class<?> type, String where) {
    Schema schema = Schema.createRecord(type.getSimpleName(), null, namespace(type), false);
    aliases(type).forEach(schema::addAlias);
    var coder = new RecordCoder(type, schema);
    kept(type, coder); // before its fields: a record may hold itself
    RecordComponent[] components = type.getRecordComponents();
    var coders = new Coder[components.length];
    var names = new String[components.length];
    var fields = new ArrayList<Schema.Field>();
    for (int i = 0; i < components.length; i++) {
      String at = where + "." + components[i].getName();
      Coder plain = coder(components[i].getGenericType(), at);
      coders[i] = isNullable(components[i]) ? new Coders.NullableCoder(plain, false) : plain;
      names[i] = components[i].getName();
      fields.add(field(components[i], coders[i]));
    }
    schema.setFields(fields);
    coder.fields(names, coders);
    return coder;
  }

  private static Schema.Field field(RecordComponent component, Coder coder) {
    Object otherwise =
        switch (coder) {
          case Coders.NullableCoder _ -> JsonProperties.NULL_VALUE;
          case Coders.ArrayCoder _ -> List.of();
          case Coders.MapCoder _ -> Map.of();
          default -> null;
        };
    var field = new Schema.Field(component.getName(), coder.schema(), null, otherwise);
    aliases(component).forEach(field::addAlias);
    return field;
  }

  private static List<String> aliases(AnnotatedElement element) {
    Alias alias = element.getAnnotation(Alias.class);
    return alias == null ? List.of() : List.of(alias.value());
  }

  /** By any annotation named {@code Nullable}, on the component or on its type. */
  private static boolean isNullable(RecordComponent component) {
    return Stream.of(
            component.getAnnotations(),
            component.getAnnotatedType().getAnnotations(),
            component.getAccessor().getAnnotations())
        .flatMap(Arrays::stream)
        .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"));
  }

  /** The package, and the classes around a nested one: Avro's names have no dollar. */
  private static String namespace(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return outer == null ? type.getPackageName() : namespace(outer) + "." + outer.getSimpleName();
  }

  private static StowageException unsupported(Type type, String where, String cure) {
    return new StowageException(
        ErrorCode.TYPE_MISMATCH,
        "Avro has no form for "
            + type.getTypeName()
            + (where.equals(type.getTypeName()) ? "" : " at '" + where + "'")
            + ": "
            + cure);
  }

  static @Nullable Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> raw -> raw;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> null;
    };
  }
}

package io.stowage.io.avro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** The coders of what holds other values. */
final class Coders {
  private Coders() {}

  /** Words of an enum, by name. */
  static final class EnumCoder extends Coder {
    private final Class<?> type;
    private final Object[] constants;

    EnumCoder(Class<?> type, Schema schema) {
      super(schema);
      this.type = type;
      this.constants = type.getEnumConstants();
    }

    @Override
    void write(@Nullable Object value, Encoder out) throws IOException {
      if (!type.isInstance(value)) {
        throw wrongType(type.getSimpleName(), value);
      }
      out.writeEnum(((Enum<?>) value).ordinal());
    }

    @Override
    Object read(ResolvingDecoder in) throws IOException {
      return constants[in.readEnum()];
    }
  }

  /** A list or a set. */
  static final class ArrayCoder extends Coder {
    private final Coder element;
    private final boolean set;

    ArrayCoder(Coder element, boolean set) {
      super(Schema.createArray(element.schema()));
      this.element = element;
      this.set = set;
    }

    @Override
    void write(@Nullable Object value, Encoder out) throws IOException {
      if (!(value instanceof Collection<?> items)) {
        throw wrongType(set ? "Set" : "List", value);
      }
      out.writeArrayStart();
      out.setItemCount(items.size());
      int at = 0;
      for (Object item : items) {
        out.startItem();
        try {
          element.write(item, out);
        } catch (NotEncodable e) {
          throw e.within("[" + at + "]");
        }
        at++;
      }
      out.writeArrayEnd();
    }

    @Override
    Object read(ResolvingDecoder in) throws IOException {
      Collection<@Nullable Object> items = set ? new LinkedHashSet<>() : new ArrayList<>();
      for (long count = in.readArrayStart(); count != 0; count = in.arrayNext()) {
        for (long i = 0; i < count; i++) {
          items.add(element.read(in));
        }
      }
      return items;
    }
  }

  /** A map with text as keys. */
  static final class MapCoder extends Coder {
    private final Coder element;

    MapCoder(Coder element) {
      super(Schema.createMap(element.schema()));
      this.element = element;
    }

    @Override
    void write(@Nullable Object value, Encoder out) throws IOException {
      if (!(value instanceof Map<?, ?> map)) {
        throw wrongType("Map", value);
      }
      out.writeMapStart();
      out.setItemCount(map.size());
      for (var entry : map.entrySet()) {
        out.startItem();
        if (!(entry.getKey() instanceof String key)) {
          throw wrongType("String as the key of a map", entry.getKey());
        }
        out.writeString(key);
        try {
          element.write(entry.getValue(), out);
        } catch (NotEncodable e) {
          throw e.within("[" + key + "]");
        }
      }
      out.writeMapEnd();
    }

    @Override
    Object read(ResolvingDecoder in) throws IOException {
      var map = new LinkedHashMap<String, @Nullable Object>();
      for (long count = in.readMapStart(); count != 0; count = in.mapNext()) {
        for (long i = 0; i < count; i++) {
          map.put(in.readString(), element.read(in));
        }
      }
      return map;
    }
  }

  /**
   * A value that may be null, or an optional: a union with null first, so that null can be the
   * default.
   */
  static final class NullableCoder extends Coder {
    private final Coder value;
    private final boolean optional;

    NullableCoder(Coder value, boolean optional) {
      super(Schema.createUnion(Schema.create(Schema.Type.NULL), value.schema()));
      this.value = value;
      this.optional = optional;
    }

    @Override
    void write(@Nullable Object given, Encoder out) throws IOException {
      Object inner = given;
      if (optional) {
        if (!(given instanceof Optional<?> maybe)) {
          throw wrongType("Optional", given);
        }
        inner = maybe.orElse(null);
      }
      if (inner == null) {
        out.writeIndex(0);
        out.writeNull();
      } else {
        out.writeIndex(1);
        value.write(inner, out);
      }
    }

    @Override
    @Nullable Object read(ResolvingDecoder in) throws IOException {
      Object inner = null;
      if (in.readIndex() == 0) {
        in.readNull();
      } else {
        inner = value.read(in);
      }
      return optional ? Optional.ofNullable(inner) : inner;
    }
  }

  /** One of several records: the permitted classes of a sealed interface. */
  static final class SealedCoder extends Coder {
    private final List<Class<?>> types;
    private final List<Coder> coders;

    SealedCoder(List<Class<?>> types, List<Coder> coders) {
      super(Schema.createUnion(coders.stream().map(Coder::schema).toList()));
      this.types = types;
      this.coders = coders;
    }

    @Override
    void write(@Nullable Object value, Encoder out) throws IOException {
      int at = value == null ? -1 : types.indexOf(value.getClass());
      if (at < 0) {
        throw wrongType(types.toString(), value);
      }
      out.writeIndex(at);
      coders.get(at).write(value, out);
    }

    @Override
    @Nullable Object read(ResolvingDecoder in) throws IOException {
      return coders.get(in.readIndex()).read(in);
    }
  }

  /** A generic record of a known schema. Only written here: it is read by Avro's own reader. */
  static final class GenericCoder extends Coder {
    private final GenericDatumWriter<Object> writer;

    GenericCoder(Schema schema) {
      super(schema);
      this.writer = new GenericDatumWriter<>(schema, GenericData.get());
    }

    @Override
    void write(@Nullable Object value, Encoder out) throws IOException {
      try {
        writer.write(value, out);
      } catch (RuntimeException e) {
        throw new NotEncodable("", String.valueOf(e.getMessage()));
      }
    }

    @Override
    Object read(ResolvingDecoder in) {
      throw new UnsupportedOperationException("generic records are read by Avro's reader");
    }
  }
}

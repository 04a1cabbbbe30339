package io.stowage.io.avro.value;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * The records and enums that a sealed interface permits: a union of Avro, with null in front where
 * it may be null.
 */
final class UnionCodec extends ValueCodec {
  private final List<Class<?>> classes;
  private final List<ValueCodec> branches;
  private final int first;
  private final Map<Class<?>, Integer> positions = new HashMap<>();

  private UnionCodec(List<Class<?>> classes, List<ValueCodec> branches, boolean nullable) {
    super(schema(branches, nullable));
    this.classes = classes;
    this.branches = branches;
    this.first = nullable ? 1 : 0;
    for (int i = 0; i < classes.size(); i++) {
      positions.put(classes.get(i), i);
    }
  }

  /**
   * @param classes what each branch stands for
   */
  static UnionCodec of(List<Class<?>> classes, List<ValueCodec> branches) {
    return new UnionCodec(classes, branches, false);
  }

  private static Schema schema(List<ValueCodec> branches, boolean nullable) {
    Stream<Schema> values = branches.stream().map(ValueCodec::schema);
    Stream<Schema> nulls = nullable ? Stream.of(Schema.create(Schema.Type.NULL)) : Stream.empty();
    return Schema.createUnion(Stream.concat(nulls, values).toList());
  }

  @Override
  ValueCodec orNull() {
    return first == 1 ? this : new UnionCodec(classes, branches, true);
  }

  @Override
  @Nullable Object fieldDefault() {
    return first == 1 ? Schema.Field.NULL_DEFAULT_VALUE : null;
  }

  @Override
  void encodeNull(Encoder out) throws IOException {
    if (first == 0) {
      super.encodeNull(out);
    }
    out.writeIndex(0);
    out.writeNull();
  }

  @Override
  void encode(Object value, Encoder out) throws IOException {
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    Integer position = positions.get(type);
    if (position == null) {
      throw new ClassCastException();
    }
    out.writeIndex(first + position);
    branches.get(position).encode(value, out);
  }

  @Override
  @Nullable Object decode(Decoder in) throws IOException {
    int index = in.readIndex();
    if (index < first) {
      in.readNull();
      return null;
    }
    return branches.get(index - first).decode(in);
  }
}

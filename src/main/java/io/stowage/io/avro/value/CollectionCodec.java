package io.stowage.io.avro.value;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Lists, sets and arrays: an array of Avro, read as an unmodifiable list or set. */
final class CollectionCodec extends ValueCodec {
  /** A damaged file may claim any length: room is made as the elements come. */
  private static final int ROOM_AT_FIRST = 1024;

  private final ValueCodec element;
  private final Function<Object, Collection<?>> opened;
  private final Function<List<@Nullable Object>, Object> made;

  private CollectionCodec(
      ValueCodec element,
      Function<Object, Collection<?>> opened,
      Function<List<@Nullable Object>, Object> made) {
    super(Schema.createArray(element.schema()));
    this.element = element;
    this.opened = opened;
    this.made = made;
  }

  static CollectionCodec list(ValueCodec element) {
    return new CollectionCodec(
        element, value -> (Collection<?>) value, Collections::unmodifiableList);
  }

  static CollectionCodec set(ValueCodec element) {
    return new CollectionCodec(
        element,
        value -> (Set<?>) value,
        list -> Collections.unmodifiableSet(new LinkedHashSet<>(list)));
  }

  static CollectionCodec array(Class<?> component, ValueCodec element) {
    return new CollectionCodec(
        element, ArrayElements::of, list -> ArrayElements.array(component, list));
  }

  @Override
  Object fieldDefault() {
    return List.of();
  }

  @Override
  void encode(Object value, Encoder out) throws IOException {
    Collection<?> values = opened.apply(value);
    int size = values.size();
    int count = 0;
    out.writeArrayStart();
    out.setItemCount(size);
    for (Object each : values) {
      out.startItem();
      try {
        element.write(each, out);
      } catch (RuntimeException e) {
        throw ValueFailure.writing(each, element, e).at(count);
      }
      count++;
    }
    if (count != size) {
      throw new ValueFailure("the list changed while it was written", null);
    }
    out.writeArrayEnd();
  }

  @Override
  Object decode(Decoder in) throws IOException {
    long count = in.readArrayStart();
    var values = new ArrayList<@Nullable Object>((int) Math.min(count, ROOM_AT_FIRST));
    for (; count > 0; count = in.arrayNext()) {
      for (long i = 0; i < count; i++) {
        values.add(next(in, values.size()));
      }
    }
    return made.apply(values);
  }

  private @Nullable Object next(Decoder in, int index) throws IOException {
    try {
      return element.decode(in);
    } catch (RuntimeException | IOException e) {
      throw ValueFailure.reading(e).at(index);
    }
  }
}

package io.stowage.io.avro.value;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Maps by text; read as an unmodifiable map in the order of the file. */
final class MapCodec extends ValueCodec {
  private final ValueCodec value;

  MapCodec(ValueCodec value) {
    super(Schema.createMap(value.schema()));
    this.value = value;
  }

  @Override
  Object fieldDefault() {
    return Map.of();
  }

  @Override
  void encode(Object object, Encoder out) throws IOException {
    var map = (Map<?, ?>) object;
    int size = map.size();
    int count = 0;
    out.writeMapStart();
    out.setItemCount(size);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.startItem();
      out.writeString(key(entry.getKey()));
      try {
        value.write(entry.getValue(), out);
      } catch (RuntimeException e) {
        throw ValueFailure.writing(entry.getValue(), value, e).at(entry.getKey());
      }
      count++;
    }
    if (count != size) {
      throw new ValueFailure("the map changed while it was written", null);
    }
    out.writeMapEnd();
  }

  private static String key(@Nullable Object key) {
    if (key instanceof String text) {
      return text;
    }
    throw new ValueFailure(
        key == null
            ? "a key is null"
            : "a key of type '%s' is not a string".formatted(key.getClass().getTypeName()),
        null);
  }

  @Override
  Object decode(Decoder in) throws IOException {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (long count = in.readMapStart(); count > 0; count = in.mapNext()) {
      for (long i = 0; i < count; i++) {
        String key = in.readString();
        map.put(key, next(in, key));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private @Nullable Object next(Decoder in, String key) throws IOException {
    try {
      return value.decode(in);
    } catch (RuntimeException | IOException e) {
      throw ValueFailure.reading(e).at(key);
    }
  }
}

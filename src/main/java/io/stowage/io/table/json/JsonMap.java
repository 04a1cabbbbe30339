package io.stowage.io.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stowage.io.table.column.CopyBuffer;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map by texts; {@code jsonb} keeps no order of its own. */
record JsonMap(Present value) implements JsonForm {
  @Override
  public void write(JsonGenerator out, Object map) throws IOException {
    out.writeStartObject();
    for (var entry : ((Map<?, ?>) map).entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new IllegalArgumentException("a key of the map is " + entry.getKey() + ", no text");
      }
      CopyBuffer.checkText(key);
      out.writeFieldName(key);
      value.write(out, entry.getValue());
    }
    out.writeEndObject();
  }

  @Override
  public Object read(JsonParser in) throws IOException {
    JsonForm.expect(in, JsonToken.START_OBJECT, "object");
    var map = new LinkedHashMap<String, @Nullable Object>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      map.put(key, value.read(in));
    }
    return Collections.unmodifiableMap(map);
  }

  @Override
  public Object none() {
    return Map.of();
  }
}

package io.stowage.io.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stowage.io.table.column.ArrayKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list, a set or an array.
 *
 * @param type which of them
 */
record JsonArray(Class<?> type, Present element) implements JsonForm {
  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    out.writeStartArray();
    for (Object each : ArrayKind.values(value)) {
      element.write(out, each);
    }
    out.writeEndArray();
  }

  @Override
  public Object read(JsonParser in) throws IOException {
    JsonForm.expect(in, JsonToken.START_ARRAY, "array");
    var list = new ArrayList<@Nullable Object>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(element.read(in));
    }
    return ArrayKind.made(type, list);
  }

  @Override
  public Object none() {
    return ArrayKind.made(type, List.of());
  }
}

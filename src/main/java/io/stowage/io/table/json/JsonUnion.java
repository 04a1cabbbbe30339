package io.stowage.io.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records and enums that a sealed interface permits: an object of one entry, by the name of the
 * type, {@code {"Circle": {"radius": 2}}}.
 */
final class JsonUnion implements JsonForm {
  private final Map<Class<?>, JsonForm> byClass;
  private final Map<String, JsonForm> byName = new TreeMap<>();

  /**
   * @throws IllegalArgumentException where two have one name
   */
  JsonUnion(Map<Class<?>, JsonForm> branches) {
    this.byClass = branches;
    branches.forEach(
        (type, form) -> {
          if (byName.put(type.getSimpleName(), form) != null) {
            throw new IllegalArgumentException(
                "it permits two types called '" + type.getSimpleName() + "'");
          }
        });
  }

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    JsonForm form = byClass.get(type);
    if (form == null) {
      throw new IllegalArgumentException("it is a " + type.getTypeName());
    }
    out.writeStartObject();
    out.writeFieldName(type.getSimpleName());
    form.write(out, value);
    out.writeEndObject();
  }

  @Override
  public Object read(JsonParser in) throws IOException {
    JsonForm.expect(in, JsonToken.START_OBJECT, "object");
    String name = in.nextToken() == JsonToken.FIELD_NAME ? in.currentName() : "";
    JsonForm form = byName.get(name);
    if (form == null) {
      throw new IllegalArgumentException(
          "it is a '" + name + "', which is none of " + byName.keySet());
    }
    in.nextToken();
    Object value = form.read(in);
    if (in.nextToken() != JsonToken.END_OBJECT) {
      throw new IllegalArgumentException("beside '" + name + "' it has '" + in.currentName() + "'");
    }
    return value;
  }
}

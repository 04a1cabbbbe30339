package io.stowage.io.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stowage.io.record.RecordShape;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record: an object of its components. What a stored one has and the record has not is passed
 * over; what it has not is null where that may be, of a list or a map empty, and else refused.
 */
final class JsonRecord implements JsonForm {
  private final RecordShape shape;
  private final Map<String, Integer> positions = new HashMap<>();
  private List<Present> components = List.of();

  JsonRecord(RecordShape shape) {
    this.shape = shape;
    for (int i = 0; i < shape.fields().size(); i++) {
      int position = i;
      positions.put(shape.fields().get(i).name(), i);
      shape.fields().get(i).aliases().forEach(alias -> positions.putIfAbsent(alias, position));
    }
  }

  /** Later, since a record may be a component of itself. */
  void complete(List<Present> forms) {
    this.components = forms;
  }

  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < components.size(); i++) {
      var field = shape.fields().get(i);
      out.writeFieldName(field.name());
      try {
        components.get(i).write(out, field.of(value));
      } catch (IllegalArgumentException e) {
        throw within(field.name(), e);
      }
    }
    out.writeEndObject();
  }

  @Override
  public Object read(JsonParser in) throws IOException {
    JsonForm.expect(in, JsonToken.START_OBJECT, "object");
    var values = new @Nullable Object[components.size()];
    var given = new boolean[components.size()];
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      Integer position = positions.get(name);
      in.nextToken();
      if (position == null) {
        in.skipChildren();
        continue;
      }
      try {
        values[position] = components.get(position).read(in);
        given[position] = true;
      } catch (IllegalArgumentException e) {
        throw within(name, e);
      }
    }
    for (int i = 0; i < given.length; i++) {
      values[i] = given[i] ? values[i] : absent(i);
    }
    return shape.build(values);
  }

  private @Nullable Object absent(int position) {
    Present component = components.get(position);
    try {
      return component.form().none() == null || component.presence().nullable()
          ? component.presence().outer(null)
          : component.form().none();
    } catch (IllegalArgumentException e) {
      throw within(shape.fields().get(position).name(), e);
    }
  }

  private static IllegalArgumentException within(String name, IllegalArgumentException e) {
    return new IllegalArgumentException("in '" + name + "': " + e.getMessage(), e);
  }
}

package io.stowage.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;

/**
 * Writes text as it can be kept. PostgreSQL has no place for U+0000, neither in text nor in JSON: a
 * worker tells of it as the replacement character, so that a failure whose message quotes a broken
 * file is recorded like any other. Who submits is refused instead.
 */
final class ToldText extends StdScalarSerializer<String> {
  ToldText() {
    super(String.class);
  }

  @Override
  public void serialize(String text, JsonGenerator to, SerializerProvider provider)
      throws IOException {
    to.writeString(text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD'));
  }
}

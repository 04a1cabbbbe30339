package io.stowage.io.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stowage.io.table.column.Presence;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How values of one type stand in JSON. */
interface JsonForm {
  /**
   * @throws IllegalArgumentException for a value that cannot be stored
   */
  void write(JsonGenerator out, Object value) throws IOException;

  /**
   * Reads the value whose first token is the current one, up to its last.
   *
   * @throws IllegalArgumentException where it is none of the type
   */
  Object read(JsonParser in) throws IOException;

  /** The value that stands for one which was not stored yet; null where there is none. */
  default @Nullable Object none() {
    return null;
  }

  /** The form of a value that may be missing, if its declaration says so. */
  record Present(JsonForm form, Presence presence) {
    void write(JsonGenerator out, @Nullable Object value) throws IOException {
      Object inner = presence.inner(value);
      if (inner == null) {
        out.writeNull();
      } else {
        form.write(out, inner);
      }
    }

    @Nullable Object read(JsonParser in) throws IOException {
      return presence.outer(in.currentToken() == JsonToken.VALUE_NULL ? null : form.read(in));
    }
  }

  static void expect(JsonParser in, JsonToken token, String what) throws IOException {
    if (in.currentToken() != token) {
      throw new IllegalArgumentException("it is no " + what + " of JSON");
    }
  }
}

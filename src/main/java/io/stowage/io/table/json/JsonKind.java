package io.stowage.io.table.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.stowage.io.record.TypeUse;
import io.stowage.io.table.column.ColumnKind;
import io.stowage.io.table.column.ColumnType;
import io.stowage.io.table.column.SqlType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Values of any other type that can be stored: {@code jsonb}. */
public final class JsonKind {
  private static final int FIRST_BYTES = 256;

  /**
   * What the database holds was checked when it was stored, and PostgreSQL has bounds of its own.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonKind() {}

  /**
   * @throws IllegalArgumentException naming the type that cannot be stored, where it stands, and
   *     why
   */
  public static ColumnKind of(TypeUse use) {
    JsonForm form = JsonForms.of(use);
    return new ColumnKind(
        ColumnType.of(SqlType.JSONB),
        value -> written(form, value),
        json -> read(form, (byte[]) json));
  }

  private static byte[] written(JsonForm form, Object value) {
    var bytes = new ByteArrayOutputStream(FIRST_BYTES);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      form.write(out, value);
    } catch (IOException e) {
      throw fault(e);
    }
    return bytes.toByteArray();
  }

  private static Object read(JsonForm form, byte[] json) {
    try (JsonParser in = FACTORY.createParser(json)) {
      in.nextToken();
      return form.read(in);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private static RuntimeException fault(IOException e) {
    return e instanceof JsonProcessingException json
        ? new IllegalArgumentException(json.getOriginalMessage(), e)
        : new UncheckedIOException(e);
  }
}

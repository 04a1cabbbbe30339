package io.stowage.io.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stowage.io.table.column.ColumnKind;
import io.stowage.io.table.column.CopyBuffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;

/**
 * A single value: numbers and truth are JSON's own, anything else is its text; also the numbers
 * that JSON has not, {@code NaN}. Times keep their nanoseconds.
 */
record JsonScalar(ColumnKind kind) implements JsonForm {
  @Override
  public void write(JsonGenerator out, Object value) throws IOException {
    switch (kind.stored().apply(value)) {
      case Boolean truth -> out.writeBoolean(truth);
      case BigDecimal exact -> out.writeNumber(exact);
      case Float number when Float.isFinite(number) -> out.writeNumber(number);
      case Double number when Double.isFinite(number) -> out.writeNumber(number);
      case Float number -> out.writeString(number.toString());
      case Double number -> out.writeString(number.toString());
      case Number whole -> out.writeNumber(whole.longValue());
      case byte[] bytes -> out.writeBinary(bytes);
      case Object other -> {
        String text = other.toString();
        CopyBuffer.checkText(text);
        out.writeString(text);
      }
    }
  }

  @Override
  public Object read(JsonParser in) throws IOException {
    return kind.loaded().apply(token(in));
  }

  private Object token(JsonParser in) throws IOException {
    return switch (kind.sql().element()) {
      case BOOL -> in.getBooleanValue();
      case INT2, INT4, INT8 -> {
        JsonForm.expect(in, JsonToken.VALUE_NUMBER_INT, "whole number");
        yield in.getLongValue();
      }
      case FLOAT4 -> Float.valueOf(in.getText());
      case FLOAT8 -> Double.valueOf(in.getText());
      case NUMERIC -> in.getDecimalValue();
      case BYTEA -> in.getBinaryValue();
      case TIMESTAMPTZ -> Instant.parse(text(in));
      case TIMESTAMP -> LocalDateTime.parse(text(in));
      case DATE -> LocalDate.parse(text(in));
      case TIME -> LocalTime.parse(text(in));
      case UUID -> UUID.fromString(text(in));
      case TEXT, VARCHAR, BPCHAR, JSON, JSONB -> text(in);
    };
  }

  private static String text(JsonParser in) throws IOException {
    JsonForm.expect(in, JsonToken.VALUE_STRING, "text");
    return in.getText();
  }
}

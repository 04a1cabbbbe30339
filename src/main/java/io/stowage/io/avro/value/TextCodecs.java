package io.stowage.io.avro.value;

import io.stowage.io.avro.value.ScalarCodecs.Scalar;
import io.stowage.io.record.TextForm;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Text, what is kept as text, and decimal numbers. */
final class TextCodecs {
  private TextCodecs() {}

  private static final ValueCodec CHARACTER =
      new Scalar(Schema.Type.STRING) {
        @Override
        void encode(Object value, Encoder out) throws IOException {
          writeText(String.valueOf((char) (Character) value), out);
        }

        @Override
        Object decode(Decoder in) throws IOException {
          String text = in.readString();
          if (text.length() != 1) {
            throw new ValueFailure(
                "text of %d characters is not a single one".formatted(text.length()), null);
          }
          return text.charAt(0);
        }
      };

  /**
   * Avro's decimal with a scale of its own in every value, so that {@code 1.0} and {@code 1.00}
   * both come back as they were.
   */
  private static final ValueCodec BIG_DECIMAL =
      new Scalar(Schema.Type.BYTES, LogicalTypes.bigDecimal()) {
        private final Conversions.BigDecimalConversion conversion =
            new Conversions.BigDecimalConversion();

        @Override
        void encode(Object value, Encoder out) throws IOException {
          out.writeBytes(
              conversion.toBytes((BigDecimal) value, schema(), schema().getLogicalType()));
        }

        @Override
        Object decode(Decoder in) throws IOException {
          ByteBuffer bytes = in.readBytes(null);
          return conversion.fromBytes(bytes, schema(), schema().getLogicalType());
        }
      };

  static @Nullable ValueCodec of(Class<?> type) {
    if (type == String.class) {
      return new Text();
    }
    if (type == char.class || type == Character.class) {
      return CHARACTER;
    }
    if (type == BigDecimal.class) {
      return BIG_DECIMAL;
    }
    TextForm form = TextForm.of(type);
    return form == null ? null : new Formed(schemaOf(type), form);
  }

  private static Schema schemaOf(Class<?> type) {
    Schema text = Schema.create(Schema.Type.STRING);
    return type == UUID.class ? LogicalTypes.uuid().addToSchema(text) : text;
  }

  /**
   * Half of a surrogate pair has no UTF-8: it would be stored as a question mark, without a word.
   */
  private static void writeText(String text, Encoder out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != text.length() || hasQuestionMark(bytes)) {
      checkPairs(text);
    }
    out.writeBytes(bytes);
  }

  private static boolean hasQuestionMark(byte[] bytes) {
    for (byte each : bytes) {
      if (each == '?') {
        return true;
      }
    }
    return false;
  }

  private static void checkPairs(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (text.codePointAt(i) < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
          throw new ValueFailure(
              "the text has half a surrogate pair at position " + i + ", which UTF-8 cannot say",
              null);
        }
        i++;
      }
    }
  }

  private static final class Text extends Scalar {
    private final RecentTexts recent = new RecentTexts();

    Text() {
      super(Schema.Type.STRING);
    }

    @Override
    void encode(Object value, Encoder out) throws IOException {
      writeText((String) value, out);
    }

    @Override
    Object decode(Decoder in) throws IOException {
      return recent.text(in.readString(null));
    }
  }

  /** Text of a certain form. */
  private static final class Formed extends ValueCodec {
    private final TextForm form;

    Formed(Schema schema, TextForm form) {
      super(schema);
      this.form = form;
    }

    @Override
    void encode(Object value, Encoder out) throws IOException {
      out.writeString(value.toString());
    }

    @Override
    Object decode(Decoder in) throws IOException {
      return form.parse(in.readString());
    }
  }
}

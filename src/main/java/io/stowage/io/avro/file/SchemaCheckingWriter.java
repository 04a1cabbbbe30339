package io.stowage.io.avro.file;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes values that bring their schema: all of a file must bring the same, since Avro itself would
 * go by position.
 */
final class SchemaCheckingWriter implements DatumWriter<@Nullable Object> {
  private final Schema schema;
  private final GenericDatumWriter<@Nullable Object> writer;

  SchemaCheckingWriter(Schema schema) {
    this.schema = schema;
    this.writer = new GenericDatumWriter<>(schema);
  }

  @Override
  public void setSchema(Schema other) {
    // the file's own, always
  }

  @Override
  public void write(@Nullable Object value, Encoder out) throws IOException {
    if (value instanceof GenericContainer container && !container.getSchema().equals(schema)) {
      throw new IllegalArgumentException(
          "its schema is another than that of the records before it");
    }
    writer.write(value, out);
  }
}

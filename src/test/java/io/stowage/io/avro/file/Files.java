package io.stowage.io.avro.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Avro files in memory. */
final class Files {
  private Files() {}

  static byte[] written(Type declared, List<?> values) throws IOException {
    return written(AvroType.of(declared), AvroCompression.DEFAULT, values);
  }

  static byte[] written(AvroType type, AvroCompression compression, List<?> values)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = AvroFileWriter.open(bytes, type, compression, Map.of())) {
      for (Object value : values) {
        writer.append(value);
      }
    }
    return bytes.toByteArray();
  }

  static List<Object> read(Type declared, byte[] file) throws IOException {
    try (var reader = AvroFileReader.open(new ByteArrayInputStream(file), AvroType.of(declared))) {
      var values = new ArrayList<>();
      reader.forEachRemaining(values::add);
      return values;
    }
  }
}

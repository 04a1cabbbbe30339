package io.stowage.io.avro.file;

import io.stowage.api.StowageException;
import io.stowage.io.avro.schema.SchemaChanges;
import io.stowage.io.avro.schema.SchemaText;
import io.stowage.io.avro.value.RecordMapper;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** The schemas of Java types. */
public final class AvroSchemas {
  private AvroSchemas() {}

  /**
   * The schema of one value of that type: of a list, an array. A type that brings its schema with
   * each value has none here.
   *
   * @throws StowageException {@code TYPE_MISMATCH} naming the type that cannot be stored, where it
   *     stands, and why
   */
  public static Schema of(Type type) {
    return RecordMapper.of(type).schema();
  }

  /**
   * The schema of a file: of a list of records, that of one. Empty where the first value will tell.
   */
  public static Optional<Schema> ofFile(Type declared) {
    return switch (AvroType.of(declared)) {
      case AvroType.Rows(Type element) ->
          AvroType.isGeneric(element) ? Optional.empty() : Optional.of(of(element));
      case AvroType.Datum(Type type) ->
          AvroType.isGeneric(type) ? Optional.empty() : Optional.of(of(type));
      case AvroType.Nothing() -> Optional.of(Schema.create(Schema.Type.NULL));
    };
  }

  /**
   * The columns of rows and their types, for a materialization's table schema; none where it is no
   * record.
   */
  public static Map<String, String> columns(Schema schema) {
    return SchemaText.columns(schema);
  }

  /** What changed since that schema was written with. */
  public static SchemaChanges changes(Schema written, Type type) {
    return SchemaChanges.between(written, of(type));
  }
}

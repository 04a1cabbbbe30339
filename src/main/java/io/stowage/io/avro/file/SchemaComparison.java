package io.stowage.io.avro.file;

import io.stowage.api.SchemaDifference;
import io.stowage.io.avro.schema.SchemaChange;
import io.stowage.io.avro.schema.SchemaChanges;
import io.stowage.io.avro.schema.SchemaFingerprint;
import io.stowage.io.avro.schema.SchemaText;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Holds the schema of a declared type against that of a file which was stored before. */
public final class SchemaComparison {
  private static final String MEANING = "logicalType";

  private final AvroType type;
  private final Schema declared;

  /**
   * @param declared the schema of a file of that type, as {@link AvroSchemas#ofFile} has it
   */
  public SchemaComparison(Type type, Schema declared) {
    this.type = AvroType.of(type);
    this.declared = declared;
  }

  /** The schema that a file was written with; only its header is read. */
  public static Schema written(InputStream file) {
    return AvroFileReader.open(file, new AvroType.Nothing()).writerSchema();
  }

  /**
   * Whether what was recorded of a file says already that nothing changed, so that it need not be
   * opened. A fingerprint says nothing of logical types; the columns do, but for those of nested
   * records and for the scale of decimals.
   */
  public boolean unchanged(@Nullable String fingerprint, Map<String, String> columns) {
    return SchemaFingerprint.of(declared).equals(fingerprint)
        && SchemaText.columns(declared).equals(columns)
        && !hasHiddenMeaning(declared);
  }

  private static boolean hasHiddenMeaning(Schema schema) {
    return schema.getType() == Schema.Type.RECORD
        ? schema.getFields().stream()
            .anyMatch(field -> hasHiddenMeaning(field.schema(), false, new HashSet<>()))
        : hasHiddenMeaning(schema, true, new HashSet<>());
  }

  private static boolean hasHiddenMeaning(Schema schema, boolean hidden, Set<String> seen) {
    return switch (schema.getType()) {
      case RECORD ->
          seen.add(schema.getFullName())
              && schema.getFields().stream()
                  .anyMatch(field -> hasHiddenMeaning(field.schema(), true, seen));
      case ARRAY -> hasHiddenMeaning(schema.getElementType(), hidden, seen);
      case MAP -> hasHiddenMeaning(schema.getValueType(), hidden, seen);
      case UNION ->
          schema.getTypes().stream().anyMatch(branch -> hasHiddenMeaning(branch, hidden, seen));
      case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
          schema.getProp(MEANING) != null && (hidden || "decimal".equals(schema.getProp(MEANING)));
    };
  }

  /** What changed since that schema was written with; of an empty file nothing is known. */
  public SchemaDifference since(Schema written) {
    if (written.getType() == Schema.Type.NULL || written.equals(AvroFileWriter.NO_ROWS)) {
      return SchemaDifference.NONE;
    }
    var changes = changes(written);
    return new SchemaDifference(
        changes.list().stream().map(SchemaComparison::change).toList(),
        changes.refusal(),
        changes.forwardRefusal());
  }

  /** Rows are read as one list, and a list as rows: then it is the elements that are compared. */
  private SchemaChanges changes(Schema written) {
    boolean list = declared.getType() == Schema.Type.ARRAY;
    boolean wasList = written.getType() == Schema.Type.ARRAY;
    if (type instanceof AvroType.Rows && wasList && !list) {
      return SchemaChanges.between(written.getElementType(), declared);
    }
    if (type instanceof AvroType.Datum
        && list
        && !wasList
        && written.getType() != Schema.Type.UNION) {
      return SchemaChanges.between(written, declared.getElementType());
    }
    return SchemaChanges.between(written, declared);
  }

  private static SchemaDifference.Change change(SchemaChange change) {
    return new SchemaDifference.Change(
        change.path(),
        change.getClass().getSimpleName().toLowerCase(Locale.ROOT),
        change.sentence(),
        change.breaks());
  }
}

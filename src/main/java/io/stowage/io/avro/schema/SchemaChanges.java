package io.stowage.io.avro.schema;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * What changed between two schemas, field by field. Stricter than Avro in what would only show
 * while data is read, or never: a constant that an enum lost, null for what is no longer nullable,
 * a number that means another time.
 */
public final class SchemaChanges {
  private final Schema writer;
  private final Schema reader;
  private final List<SchemaChange> changes;
  private final Schema aligned;

  private SchemaChanges(Schema writer, Schema reader, List<SchemaChange> changes, Schema aligned) {
    this.writer = writer;
    this.reader = reader;
    this.changes = changes;
    this.aligned = aligned;
  }

  /**
   * @param writer the schema of what is stored
   * @param reader the schema of the type as it is now
   */
  public static SchemaChanges between(Schema writer, Schema reader) {
    var walk = new SchemaWalk();
    Schema aligned = walk.align(writer, reader, "");
    return new SchemaChanges(writer, reader, walk.changes(), aligned);
  }

  /** In the order of the reader's fields; empty where nothing changed that matters to data. */
  public List<SchemaChange> list() {
    return changes;
  }

  /** Whether what is stored can be read as the type as it is now. */
  public boolean backward() {
    return changes.stream().noneMatch(SchemaChange::breaks);
  }

  /** Whether, further, the former type can read what is stored from now on. */
  public boolean full() {
    return backward() && between(reader, writer).backward();
  }

  /**
   * The writer's schema in the reader's names, so that Avro finds renamed fields and types without
   * knowing aliases.
   */
  public Schema aligned() {
    return aligned;
  }

  /** Everything that keeps data from being read, in words; empty where nothing does. */
  public String refusal() {
    return changes.stream()
        .filter(SchemaChange::breaks)
        .map(SchemaChange::sentence)
        .collect(Collectors.joining("; "));
  }

  /** Why the former type cannot read what is stored from now on; empty where it can. */
  public String forwardRefusal() {
    return between(reader, writer).refusal();
  }

  /** All changes, in words. */
  @Override
  public String toString() {
    return changes.isEmpty()
        ? "nothing changed"
        : changes.stream().map(SchemaChange::sentence).collect(Collectors.joining("; "));
  }
}

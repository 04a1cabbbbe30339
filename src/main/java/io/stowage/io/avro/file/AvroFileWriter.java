package io.stowage.io.avro.file;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.avro.block.BlockWriter;
import io.stowage.io.avro.schema.SchemaFingerprint;
import io.stowage.io.avro.value.RecordMapper;
import io.stowage.io.avro.value.ValueFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes an Avro object container file. Memory is bounded by a few blocks of 64 KB, as many as
 * there are processors, and the largest row. For one thread.
 *
 * <p>A value that is refused ({@code TYPE_MISMATCH}) leaves nothing in the file, which may go on
 * with the next. After any other failure the file must be thrown away: closing it still ends what
 * was written as a file that looks whole.
 */
public final class AvroFileWriter implements AutoCloseable {
  /** Says of a file of values that bring their schema that no value came. */
  static final Schema NO_ROWS =
      Schema.createRecord("NoRows", null, "io.stowage", false, java.util.List.of());

  private final OutputStream out;
  private final AvroCompression compression;
  private final Map<String, String> header;
  private @Nullable Schema schema;
  private @Nullable BlockWriter file;
  private long rows;
  private long given;

  private AvroFileWriter(
      OutputStream out, AvroCompression compression, Map<String, String> header) {
    this.out = out;
    this.compression = compression;
    this.header = Map.copyOf(header);
  }

  /**
   * Begins a file.
   *
   * @param out closed with the writer
   * @param header further entries, under keys that do not begin with {@code avro.}; the fingerprint
   *     is added
   * @throws StowageException {@code TYPE_MISMATCH} where values of the type cannot be stored
   */
  public static AvroFileWriter open(
      OutputStream out, AvroType type, AvroCompression compression, Map<String, String> header)
      throws IOException {
    RecordMapper mapper =
        switch (type) {
          case AvroType.Rows(Type element) -> mapper(element);
          case AvroType.Datum(Type datum) -> mapper(datum);
          case AvroType.Nothing() -> null;
        };
    var writer = new AvroFileWriter(out, compression, header);
    if (mapper != null) {
      writer.begin(mapper.schema(), mapper.writer());
    } else if (type instanceof AvroType.Nothing) {
      writer.begin(
          Schema.create(Schema.Type.NULL),
          new SchemaCheckingWriter(Schema.create(Schema.Type.NULL)));
    }
    return writer;
  }

  private static @Nullable RecordMapper mapper(Type type) {
    return AvroType.isGeneric(type) ? null : RecordMapper.of(type);
  }

  private BlockWriter begin(Schema written, DatumWriter<@Nullable Object> datumWriter)
      throws IOException {
    var entries = new HashMap<>(header);
    entries.computeIfAbsent(AvroHeader.FINGERPRINT, _ -> SchemaFingerprint.of(written));
    var begun = BlockWriter.open(out, written, entries, compression.blocks(), datumWriter);
    file = begun;
    schema = written;
    return begun;
  }

  /**
   * Adds a row, or the one datum.
   *
   * @throws StowageException {@code TYPE_MISMATCH} naming the record by its number (from 1) among
   *     all that were given, the field and the reason; nothing of it is in the file
   * @throws IOException as the stream throws it
   */
  public void append(@Nullable Object value) throws IOException {
    given++;
    BlockWriter open = file == null ? beginGeneric(value) : file;
    try {
      open.encode(value);
    } catch (IOException | RuntimeException e) {
      throw refused(e);
    }
    rows++;
    open.writeFullBlocks();
  }

  private BlockWriter beginGeneric(@Nullable Object first) throws IOException {
    if (first instanceof IndexedRecord row) {
      return begin(row.getSchema(), new SchemaCheckingWriter(row.getSchema()));
    }
    String found =
        first == null ? "null" : "a value of type '" + first.getClass().getTypeName() + "'";
    throw refused(new IllegalArgumentException(found + " is not a GenericRecord"));
  }

  private StowageException refused(Throwable e) {
    if (e instanceof StowageException known) {
      return known;
    }
    String reason =
        e instanceof ValueFailure failure ? failure.sentence() : String.valueOf(e.getMessage());
    String what =
        schema == null || schema.getType() != Schema.Type.RECORD
            ? ""
            : " (" + schema.getName() + ")";
    return new StowageException(
        ErrorCode.TYPE_MISMATCH,
        "record %d%s cannot be stored as Avro: %s".formatted(given, what, reason),
        e);
  }

  /** How many values were added. */
  public long rows() {
    return rows;
  }

  /** The file's schema; of values that bring theirs, null until the first. */
  public @Nullable Schema schema() {
    return schema;
  }

  /** Of the schema; null as that is. */
  public @Nullable String fingerprint() {
    return schema == null ? null : SchemaFingerprint.of(schema);
  }

  /** Ends the file, and closes the stream. */
  @Override
  public void close() throws IOException {
    BlockWriter open = file == null ? begin(NO_ROWS, new SchemaCheckingWriter(NO_ROWS)) : file;
    open.close();
  }
}

package io.stowage.io.avro;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** Reads the values of one file, block by block. */
final class AvroRows implements Iterator<@Nullable Object> {
  private final DataFileStream<@Nullable Object> file;
  private final @Nullable Schema wanted;
  private long read;

  private AvroRows(
      InputStream bytes, DatumReader<@Nullable Object> reader, @Nullable Schema wanted) {
    this.wanted = wanted;
    try {
      file = new DataFileStream<>(bytes, reader);
    } catch (IOException | AvroRuntimeException e) {
      throw bad(e, null);
    }
  }

  static AvroRows of(InputStream bytes, Coder coder) {
    return new AvroRows(bytes, new CodedReader(coder, null), coder.schema());
  }

  /**
   * @param element reads a file that holds a single value where a list is wanted
   */
  static AvroRows of(InputStream bytes, Coder list, Coder element) {
    return new AvroRows(bytes, new CodedReader(list, element), list.schema());
  }

  static AvroRows generic(InputStream bytes) {
    return new AvroRows(bytes, new GenericDatumReader<>(), null);
  }

  @Override
  public boolean hasNext() {
    try {
      return file.hasNext();
    } catch (AvroRuntimeException e) {
      throw bad(e, wanted == null ? null : SchemaMismatch.between(file.getSchema(), wanted));
    }
  }

  @Override
  public @Nullable Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      Object value = file.next();
      read++;
      return value;
    } catch (AvroRuntimeException e) {
      throw bad(e, wanted == null ? null : SchemaMismatch.between(file.getSchema(), wanted));
    }
  }

  /** Whether null was stored in place of rows. */
  boolean holdsNull() {
    return file.getSchema().getType() == Schema.Type.NULL
        && file.getMetaString("stowage.rows") == null;
  }

  Stream<@Nullable Object> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false);
  }

  /**
   * @param mismatch which field's stored and declared types are at odds, if it is that
   */
  private StowageException bad(Exception e, @Nullable String mismatch) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StowageException told) {
        return told;
      }
      if (cause instanceof AvroTypeException) {
        String reason = mismatch == null ? cause.getMessage() : mismatch;
        return new StowageException(
            ErrorCode.BAD_DATA,
            "the stored schema cannot be read as the declared type: " + reason,
            e);
      }
    }
    return new StowageException(
        ErrorCode.BAD_DATA, "not a whole Avro file, after row " + read + ": " + e.getMessage(), e);
  }

  /** Resolves the file's schema to the declared type's: defaults, promotion, aliases. */
  private static final class CodedReader implements DatumReader<@Nullable Object> {
    private final @Nullable Coder element;
    private Coder coder;
    private @Nullable Schema writer;
    private @Nullable ResolvingDecoder resolving;

    CodedReader(Coder coder, @Nullable Coder element) {
      this.coder = coder;
      this.element = element;
    }

    @Override
    public void setSchema(Schema schema) {
      writer = schema;
      if (element != null && !holds(schema, Schema.Type.ARRAY)) {
        coder = element;
      }
    }

    private static boolean holds(Schema schema, Schema.Type type) {
      return schema.getType() == type
          || schema.isUnion()
              && schema.getTypes().stream().anyMatch(each -> each.getType() == type);
    }

    @Override
    public @Nullable Object read(@Nullable Object reuse, Decoder in) throws IOException {
      ResolvingDecoder decoder = resolving;
      if (decoder == null) {
        Schema written = java.util.Objects.requireNonNull(writer);
        decoder =
            DecoderFactory.get()
                .resolvingDecoder(Schema.applyAliases(written, coder.schema()), coder.schema(), in);
        resolving = decoder;
      }
      decoder.configure(in);
      Object value = coder.read(decoder);
      decoder.drain();
      return value;
    }
  }
}

package io.stowage.io.avro.file;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.avro.block.BlockReader;
import io.stowage.io.avro.block.DamageException;
import io.stowage.io.avro.value.ValueFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Avro object container file as values of a type, whatever schema it was written with, so
 * long as that type can be read from it. Memory is bounded by a few blocks, as {@link BlockReader}
 * says. For one thread.
 *
 * <p>What was stored as rows may be read as a list of scalars, and the other way round; of a file
 * that says that null was stored there is one value, null, or no row. What cannot be read is {@code
 * BAD_DATA}; a failure of the stream itself is thrown as {@code UncheckedIOException}, or as the
 * stream's own unchecked exception. A file that was cut off exactly between two blocks looks whole:
 * only a checksum tells.
 */
public final class AvroFileReader implements Iterator<@Nullable Object>, AutoCloseable {
  private final BlockReader file;
  private final FileShape shape;
  private @Nullable Iterator<? extends @Nullable Object> values;
  private long row = 1;

  private AvroFileReader(BlockReader file, FileShape shape) {
    this.file = file;
    this.shape = shape;
  }

  /**
   * Reads the header, and finds out how its schema becomes that type.
   *
   * @param in closed with the reader; where opening fails, left to the caller
   * @throws StowageException {@code BAD_DATA} where it is no Avro file, or where the type cannot be
   *     read from its schema, naming the fields; {@code TYPE_MISMATCH} where the type has no schema
   *     at all
   */
  public static AvroFileReader open(InputStream in, AvroType type) {
    var shape = new FileShape(type);
    try {
      return new AvroFileReader(BlockReader.open(in, shape::readers), shape);
    } catch (DamageException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "it is not an Avro file, or its header is damaged: " + reason(e.damage()),
          e);
    }
  }

  public Schema writerSchema() {
    return file.schema();
  }

  /** An entry of the header; see {@link AvroHeader}. */
  public Optional<String> metadata(String key) {
    return file.metadata(key);
  }

  /** Whether the file says that null was stored. */
  public boolean isNull() {
    return writerSchema().getType() == Schema.Type.NULL;
  }

  /**
   * The one value of a file that is read as a datum.
   *
   * @throws StowageException {@code BAD_DATA} where there is none
   */
  public @Nullable Object datum() {
    if (!hasNext()) {
      throw new StowageException(
          ErrorCode.BAD_DATA, "the file has no value: it was cut off after its header");
    }
    return next();
  }

  @Override
  public boolean hasNext() {
    return values().hasNext();
  }

  @Override
  public @Nullable Object next() {
    return values().next();
  }

  @Override
  public void forEachRemaining(Consumer<? super @Nullable Object> action) {
    values().forEachRemaining(action);
  }

  private Iterator<? extends @Nullable Object> values() {
    if (values == null) {
      values =
          switch (shape.reading()) {
            case AS_STORED -> new StoredValues();
            case NO_ROWS -> Collections.emptyIterator();
            case ROWS_AS_LIST -> List.of(list()).iterator();
            case LIST_AS_ROWS -> elements();
          };
    }
    return values;
  }

  private List<@Nullable Object> list() {
    var list = new ArrayList<@Nullable Object>();
    new StoredValues().forEachRemaining(list::add);
    return Collections.unmodifiableList(list);
  }

  private Iterator<? extends @Nullable Object> elements() {
    var stored = new StoredValues();
    return stored.hasNext() && stored.next() instanceof List<?> list
        ? list.iterator()
        : Collections.emptyIterator();
  }

  /** The values that are left. Closing it ends what reads ahead, and leaves the stream open. */
  public Stream<@Nullable Object> stream() {
    return StreamSupport.<@Nullable Object>stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED), false)
        .onClose(file::release);
  }

  /** Ends what reads ahead, and closes the stream. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof AvroRuntimeException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof EOFException || cause.getCause() instanceof EOFException) {
      return "the file ends too early";
    }
    if (cause instanceof ValueFailure failure) {
      return failure.sentence();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** The file's values, with failures that say which record it was. */
  private final class StoredValues implements Iterator<@Nullable Object> {
    @Override
    public boolean hasNext() {
      try {
        return file.hasNext();
      } catch (DamageException e) {
        throw damaged(e.damage());
      }
    }

    @Override
    public @Nullable Object next() {
      try {
        Object value = file.next();
        row++;
        return value;
      } catch (DamageException e) {
        throw damaged(e.damage());
      }
    }

    @Override
    public void forEachRemaining(Consumer<? super @Nullable Object> action) {
      try {
        file.forEachRemaining(
            value -> {
              row++;
              action.accept(value);
            });
      } catch (DamageException e) {
        throw damaged(e.damage());
      }
    }

    private StowageException damaged(Exception e) {
      return new StowageException(
          ErrorCode.BAD_DATA,
          "record %d of the Avro file cannot be read: %s".formatted(row, reason(e)),
          e);
    }
  }
}

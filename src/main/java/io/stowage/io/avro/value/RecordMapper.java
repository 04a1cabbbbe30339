package io.stowage.io.avro.value;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.avro.schema.RecentSchemas;
import io.stowage.io.avro.schema.SchemaChanges;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of one type to Avro's encoders, and reads them. May be used by several threads; its
 * readers by one.
 */
public final class RecordMapper {
  /** Of many small files each asks for its own. */
  private static final ClassValue<RecordMapper> OF_CLASSES =
      new ClassValue<>() {
        @Override
        protected RecordMapper computeValue(Class<?> type) {
          return new RecordMapper(CodecCompiler.compile(type));
        }
      };

  private final ValueCodec codec;
  private final RecentSchemas<Schema> aligned = new RecentSchemas<>(this::align);

  private RecordMapper(ValueCodec codec) {
    this.codec = codec;
  }

  /**
   * @param type a record, a scalar, a collection, a map, as {@code CodecCompiler} says
   * @throws StowageException {@code TYPE_MISMATCH} naming the type that cannot be stored, where it
   *     stands, and why
   */
  public static RecordMapper of(Type type) {
    return type instanceof Class<?> known
        ? OF_CLASSES.get(known)
        : new RecordMapper(CodecCompiler.compile(type));
  }

  /** Values that are lists of that type. */
  public static RecordMapper listOf(Type element) {
    return new RecordMapper(CollectionCodec.list(CodecCompiler.compile(element)));
  }

  public Schema schema() {
    return codec.schema();
  }

  /** A writer; it throws {@link ValueFailure} for what it cannot write. */
  public DatumWriter<@Nullable Object> writer() {
    return new DatumWriter<>() {
      @Override
      public void setSchema(Schema schema) {
        // the type's own, always
      }

      @Override
      public void write(@Nullable Object value, Encoder out) throws IOException {
        try {
          codec.write(value, out);
        } catch (RuntimeException e) {
          throw ValueFailure.writing(value, codec, e);
        }
      }
    };
  }

  /**
   * Readers of data that was written with that schema; any thread may ask for one.
   *
   * @throws StowageException {@code BAD_DATA} naming the fields by which the type cannot be read
   *     from the schema
   */
  public Supplier<DatumReader<@Nullable Object>> readers(Schema written) {
    if (written.equals(schema())) {
      return () -> new Reader(written, null);
    }
    Schema readable = aligned.of(written);
    return () -> new Reader(written, resolving(readable));
  }

  private Schema align(Schema written) {
    SchemaChanges changes = SchemaChanges.between(written, schema());
    if (!changes.backward()) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "%s cannot be read from what is stored: %s".formatted(what(), changes.refusal()));
    }
    resolving(changes.aligned());
    return changes.aligned();
  }

  private ResolvingDecoder resolving(Schema aligned) {
    try {
      return DecoderFactory.get().resolvingDecoder(aligned, schema(), null);
    } catch (IOException e) {
      throw new StowageException(
          ErrorCode.BAD_DATA, "%s cannot be read from what is stored".formatted(what()), e);
    }
  }

  private String what() {
    return schema().getType() == Schema.Type.RECORD
        ? "record '" + schema().getName() + "'"
        : "the declared type";
  }

  private final class Reader implements DatumReader<@Nullable Object> {
    private final Schema written;
    private final @Nullable ResolvingDecoder resolving;

    Reader(Schema written, @Nullable ResolvingDecoder resolving) {
      this.written = written;
      this.resolving = resolving;
    }

    @Override
    public void setSchema(Schema schema) {
      if (!schema.equals(written)) {
        throw new IllegalArgumentException("this reader was made for another schema");
      }
    }

    @Override
    public @Nullable Object read(@Nullable Object reuse, Decoder in) throws IOException {
      try {
        if (resolving == null) {
          return codec.decode(in);
        }
        resolving.configure(in);
        Object value = codec.decode(resolving);
        resolving.drain();
        return value;
      } catch (RuntimeException | IOException e) {
        throw ValueFailure.reading(e);
      }
    }
  }
}

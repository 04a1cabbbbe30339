package io.stowage.io.avro;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.OutputContext;
import io.stowage.api.StowageException;
import io.stowage.io.object.InputShape;
import io.stowage.io.object.ObjectFormat;
import io.stowage.io.object.ObjectIoManager;
import io.stowage.io.object.RowCount;
import io.stowage.io.object.Written;
import io.stowage.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Stores values as Avro object container files (Apache Avro 1.12 specification). A list or stream
 * of records is a file of rows, written and read as they come; anything else is one datum. The
 * header says which run wrote the file, for what.
 */
public final class AvroIoManager extends ObjectIoManager {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final Schema NOTHING = Schema.create(Schema.Type.NULL);

  private final CodecFactory codec;
  private final String codecName;

  public AvroIoManager(ObjectStore store, AvroSettings settings) {
    super(store, settings, new ObjectFormat("avro", "application/avro"));
    this.codecName = settings.codec();
    this.codec = codec(settings);
  }

  private static CodecFactory codec(AvroSettings settings) {
    int level = settings.level();
    return switch (settings.codec()) {
      case "deflate" ->
          CodecFactory.deflateCodec(checked(level, 9, CodecFactory.DEFAULT_DEFLATE_LEVEL));
      case "zstandard" ->
          CodecFactory.zstandardCodec(checked(level, 22, CodecFactory.DEFAULT_ZSTANDARD_LEVEL));
      case "snappy" -> CodecFactory.snappyCodec();
      case "null" -> CodecFactory.nullCodec();
      default ->
          throw new StowageException(
              ErrorCode.INVALID_CONFIGURATION,
              "codec is '" + settings.codec() + "', but it is deflate, zstandard, snappy or null");
    };
  }

  private static int checked(int level, int most, int usual) {
    if (level < 0 || level > most) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "level is " + level + ", but it is 1 to " + most + ", or 0");
    }
    return level == 0 ? usual : level;
  }

  @Override
  public boolean accepts(Type type) {
    try {
      AvroType.of(type);
      return true;
    } catch (StowageException e) {
      return false;
    }
  }

  @Override
  protected Written write(OutputContext context, @Nullable Object value, OutputStream bytes)
      throws IOException {
    return switch (AvroType.of(context.type())) {
      case AvroType.Rows(Coder element) -> rows(context, element, value, bytes);
      case AvroType.GenericRows() -> genericRows(context, value, bytes);
      case AvroType.GenericDatum() when value instanceof GenericRecord record ->
          datum(context, new Coders.GenericCoder(record.getSchema()), record, bytes);
      case AvroType.GenericDatum() ->
          datum(context, AvroCoders.nullable(String.class), null, bytes);
      case AvroType.Datum(Coder coder) -> datum(context, coder, value, bytes);
    };
  }

  private Written datum(
      OutputContext context, Coder coder, @Nullable Object value, OutputStream bytes)
      throws IOException {
    try (var file = open(context, coder, bytes)) {
      append(file, value, 0);
    }
    return described(Written.datum(), coder.schema());
  }

  /** Null in place of rows is a file of a schema that holds null alone. */
  private Written rows(
      OutputContext context, Coder element, @Nullable Object value, OutputStream bytes)
      throws IOException {
    if (value == null) {
      try (var file = new DataFileWriter<Object>(new CodedWriter(element))) {
        header(file, context).create(NOTHING, bytes);
      }
      return Written.datum();
    }
    RowCount rows = RowCount.of(context, value);
    try (var file = open(context, element, bytes)) {
      while (rows.hasNext()) {
        append(file, rows.next(), rows.count() - 1);
      }
    }
    return described(Written.rows(rows.count()), element.schema());
  }

  /** The first record brings the schema. */
  private Written genericRows(OutputContext context, @Nullable Object value, OutputStream bytes)
      throws IOException {
    RowCount rows = RowCount.of(context, value == null ? List.of() : value);
    if (!rows.hasNext()) {
      try (var file = new DataFileWriter<Object>(new CodedWriter(AvroCoders.of(String.class)))) {
        header(file, context);
        if (value != null) {
          file.setMeta("stowage.rows", 0L);
        }
        file.create(NOTHING, bytes);
      }
      return value == null ? Written.datum() : Written.rows(0);
    }
    var first = (GenericRecord) Objects.requireNonNull(rows.next());
    var coder = new Coders.GenericCoder(first.getSchema());
    try (var file = open(context, coder, bytes)) {
      append(file, first, 0);
      while (rows.hasNext()) {
        append(file, rows.next(), rows.count() - 1);
      }
    }
    return described(Written.rows(rows.count()), coder.schema());
  }

  private DataFileWriter<@Nullable Object> open(
      OutputContext context, Coder coder, OutputStream bytes) throws IOException {
    var file = new DataFileWriter<@Nullable Object>(new CodedWriter(coder));
    header(file, context)
        .setMeta("stowage.fingerprint", fingerprint(coder.schema()))
        .create(coder.schema(), bytes);
    return file;
  }

  private <T extends @Nullable Object> DataFileWriter<T> header(
      DataFileWriter<T> file, OutputContext context) {
    file.setCodec(codec).setSyncInterval(BLOCK_BYTES).setFlushOnEveryBlock(false);
    file.setMeta("stowage.asset", context.asset().toString())
        .setMeta("stowage.run", context.runId());
    if (context.partitioned()) {
      file.setMeta("stowage.partition", context.partition().text());
    }
    return file;
  }

  private static void append(
      DataFileWriter<@Nullable Object> file, @Nullable Object value, long row) throws IOException {
    try {
      file.append(value);
    } catch (DataFileWriter.AppendWriteException e) {
      if (e.getCause() instanceof Coder.NotEncodable fault) {
        String where = fault.path().isEmpty() ? "" : "field '" + fault.path() + "' of ";
        throw new StowageException(
            ErrorCode.TYPE_MISMATCH,
            where + "record " + row + " cannot be stored: " + fault.reason(),
            e);
      }
      throw e;
    }
  }

  private Written described(Written written, Schema schema) {
    return written.schema(fingerprint(schema), columns(schema)).with("codec", codecName);
  }

  private static Map<String, String> columns(Schema schema) {
    var columns = new LinkedHashMap<String, String>();
    if (schema.getType() == Schema.Type.RECORD) {
      schema.getFields().forEach(field -> columns.put(field.name(), typeName(field.schema())));
    }
    return columns;
  }

  private static String typeName(Schema schema) {
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream()
                  .filter(each -> each.getType() != Schema.Type.NULL)
                  .map(AvroIoManager::typeName)
                  .reduce((a, b) -> a + "|" + b)
                  .orElse("null")
              + (schema.isNullable() ? "?" : "");
      case ARRAY -> typeName(schema.getElementType()) + "[]";
      case MAP -> "map<" + typeName(schema.getValueType()) + ">";
      case RECORD, ENUM, FIXED -> schema.getName();
      default ->
          schema.getLogicalType() == null
              ? schema.getType().getName()
              : schema.getLogicalType().getName();
    };
  }

  /** SHA-256 of the schema's parsing canonical form. */
  private static String fingerprint(Schema schema) {
    try {
      return HexFormat.of().formatHex(SchemaNormalization.parsingFingerprint("SHA-256", schema));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected @Nullable Object read(InputContext context, Type type, InputStream bytes) {
    return switch (AvroType.of(type)) {
      case AvroType.Rows(Coder element) -> rows(type, AvroRows.of(bytes, element));
      case AvroType.GenericRows() -> rows(type, AvroRows.generic(bytes));
      case AvroType.GenericDatum() -> one(AvroRows.generic(bytes));
      case AvroType.Datum(Coder value) -> one(datum(context, type, value, bytes));
    };
  }

  /** Of several partitions a list may be of lists, or of a single value of each. */
  private static AvroRows datum(InputContext context, Type type, Coder value, InputStream bytes) {
    if (context.byPartition()
        && InputShape.isList(InputShape.raw(type))
        && type instanceof ParameterizedType list
        && AvroType.of(list.getActualTypeArguments()[0]) instanceof AvroType.Datum(Coder element)) {
      return AvroRows.of(bytes, value, element);
    }
    return AvroRows.of(bytes, value);
  }

  private static @Nullable Object rows(Type type, AvroRows rows) {
    if (AvroCoders.raw(type) == Stream.class) {
      return rows.stream();
    }
    if (rows.holdsNull()) {
      return null;
    }
    var list = new ArrayList<@Nullable Object>();
    rows.forEachRemaining(list::add);
    return list;
  }

  private static @Nullable Object one(AvroRows rows) {
    if (!rows.hasNext()) {
      throw new StowageException(ErrorCode.BAD_DATA, "the file holds no value");
    }
    Object value = rows.next();
    if (rows.hasNext()) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "the file holds rows, not one value: declare the input as a List or a Stream");
    }
    return value;
  }

  /** Avro's file writer asks for a writer of data; ours is the coder. */
  private record CodedWriter(Coder coder) implements DatumWriter<@Nullable Object> {
    @Override
    public void setSchema(Schema schema) {}

    @Override
    public void write(@Nullable Object value, Encoder out) throws IOException {
      coder.write(value, out);
    }
  }
}

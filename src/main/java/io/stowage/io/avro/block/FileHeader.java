package io.stowage.io.avro.block;

import io.stowage.io.avro.schema.RecentSchemas;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;

/**
 * What a file begins with.
 *
 * @param schema as it was written, by whatever rules of names
 * @param entries as text, of which the schema and the codec are two
 * @param marker ends the header and every block, and is another in every file
 */
record FileHeader(
    Schema schema, BlockCodec.Factory codec, Map<String, String> entries, byte[] marker) {
  /** A damaged or foreign file may have any text: memory that stays is bounded. */
  private static final int LONGEST_KEPT = 1 << 16;

  private static final RecentSchemas<String> PARSED = new RecentSchemas<>(FileHeader::parsed);

  static FileHeader of(Schema schema, BlockCodec.Factory codec, Map<String, String> entries) {
    var all = new LinkedHashMap<String, String>();
    all.put(DataFileConstants.SCHEMA, schema.toString());
    all.put(DataFileConstants.CODEC, codec.name());
    all.putAll(entries);
    UUID id = UUID.randomUUID();
    var marker = ByteBuffer.allocate(DataFileConstants.SYNC_SIZE);
    marker.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return new FileHeader(schema, codec, all, marker.array());
  }

  /** Reads not a byte further. */
  static FileHeader read(InputStream in) throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().directBinaryDecoder(in, null);
    var magic = new byte[DataFileConstants.MAGIC.length];
    try {
      decoder.readFixed(magic);
    } catch (EOFException e) {
      throw new IOException("it does not begin as one", e);
    }
    if (!Arrays.equals(magic, DataFileConstants.MAGIC)) {
      throw new IOException("it does not begin as one");
    }
    var entries = new LinkedHashMap<String, String>();
    for (long count = decoder.readMapStart(); count > 0; count = decoder.mapNext()) {
      for (long i = 0; i < count; i++) {
        String name = decoder.readString();
        entries.put(name, StandardCharsets.UTF_8.decode(decoder.readBytes(null)).toString());
      }
    }
    var marker = new byte[DataFileConstants.SYNC_SIZE];
    decoder.readFixed(marker);
    return new FileHeader(schema(entries), codec(entries), entries, marker);
  }

  private static Schema schema(Map<String, String> entries) {
    String text = entries.get(DataFileConstants.SCHEMA);
    if (text == null) {
      throw new AvroRuntimeException("it has no schema");
    }
    return text.length() > LONGEST_KEPT ? parsed(text) : PARSED.of(text);
  }

  private static Schema parsed(String text) {
    return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false).parse(text);
  }

  private static BlockCodec.Factory codec(Map<String, String> entries) {
    return BlockCodecs.named(
        entries.getOrDefault(DataFileConstants.CODEC, DataFileConstants.NULL_CODEC));
  }

  void write(BinaryEncoder out) throws IOException {
    out.writeFixed(DataFileConstants.MAGIC);
    out.writeMapStart();
    out.setItemCount(entries.size());
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      out.startItem();
      out.writeString(entry.getKey());
      out.writeBytes(entry.getValue().getBytes(StandardCharsets.UTF_8));
    }
    out.writeMapEnd();
    out.writeFixed(marker);
  }
}

package io.stowage.io.avro.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.BZip2Codec;
import org.apache.avro.file.Codec;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.XZCodec;
import org.apache.avro.file.ZstandardCodec;

/** The codecs of Avro's specification. */
public final class BlockCodecs {
  /** Of codecs that are read only, or that have none. */
  private static final int ANY_LEVEL = 1;

  private record Named(String name, Supplier<BlockCodec> maker) implements BlockCodec.Factory {
    @Override
    public BlockCodec create() {
      return maker.get();
    }
  }

  private BlockCodecs() {}

  public static BlockCodec.Factory plain() {
    return new Named(DataFileConstants.NULL_CODEC, Plain::new);
  }

  public static BlockCodec.Factory deflate(int level) {
    return new Named(DataFileConstants.DEFLATE_CODEC, () -> new DeflateBlocks(level));
  }

  public static BlockCodec.Factory snappy() {
    return new Named(DataFileConstants.SNAPPY_CODEC, SnappyBlocks::new);
  }

  public static BlockCodec.Factory zstandard(int level) {
    return new Named(
        DataFileConstants.ZSTANDARD_CODEC,
        () -> new OfAvro(new ZstandardCodec(level, false, false)));
  }

  /**
   * Of a file to be read.
   *
   * @throws AvroRuntimeException where it is unknown
   */
  static BlockCodec.Factory named(String name) {
    return switch (name) {
      case DataFileConstants.NULL_CODEC -> plain();
      case DataFileConstants.DEFLATE_CODEC -> deflate(ANY_LEVEL);
      case DataFileConstants.SNAPPY_CODEC -> snappy();
      case DataFileConstants.ZSTANDARD_CODEC -> zstandard(ANY_LEVEL);
      case DataFileConstants.BZIP2_CODEC -> new Named(name, () -> new OfAvro(new BZip2Codec()));
      case DataFileConstants.XZ_CODEC -> new Named(name, () -> new OfAvro(new XZCodec(ANY_LEVEL)));
      default -> throw new AvroRuntimeException("its codec '" + name + "' is unknown");
    };
  }

  private static final class Plain implements BlockCodec {
    @Override
    public ByteBuffer compress(ByteBuffer bytes) {
      return bytes;
    }

    @Override
    public ByteBuffer decompress(ByteBuffer bytes) {
      return bytes;
    }
  }

  private record OfAvro(Codec codec) implements BlockCodec {
    @Override
    public ByteBuffer compress(ByteBuffer bytes) throws IOException {
      return codec.compress(bytes);
    }

    @Override
    public ByteBuffer decompress(ByteBuffer bytes) throws IOException {
      return codec.decompress(bytes);
    }
  }
}

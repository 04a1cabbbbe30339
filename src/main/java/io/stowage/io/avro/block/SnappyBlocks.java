package io.stowage.io.avro.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.xerial.snappy.Snappy;

/** Snappy, followed by a checksum of the plain bytes. Avro's own codec is not to be had alone. */
final class SnappyBlocks implements BlockCodec {
  @Override
  public ByteBuffer compress(ByteBuffer bytes) throws IOException {
    var compressed = new byte[Snappy.maxCompressedLength(bytes.remaining()) + Integer.BYTES];
    int size = Snappy.compress(bytes.array(), start(bytes), bytes.remaining(), compressed, 0);
    ByteBuffer.wrap(compressed).putInt(size, checksum(bytes));
    return ByteBuffer.wrap(compressed, 0, size + Integer.BYTES);
  }

  @Override
  public ByteBuffer decompress(ByteBuffer bytes) throws IOException {
    int size = bytes.remaining() - Integer.BYTES;
    if (size < 0) {
      throw new IOException("a block is too short for its checksum");
    }
    var plain = new byte[Snappy.uncompressedLength(bytes.array(), start(bytes), size)];
    Snappy.uncompress(bytes.array(), start(bytes), size, plain, 0);
    var result = ByteBuffer.wrap(plain);
    if (bytes.getInt(bytes.position() + size) != checksum(result)) {
      throw new IOException("the checksum of a block is wrong");
    }
    return result;
  }

  private static int start(ByteBuffer bytes) {
    return bytes.arrayOffset() + bytes.position();
  }

  private static int checksum(ByteBuffer bytes) {
    var crc = new CRC32();
    crc.update(bytes.array(), start(bytes), bytes.remaining());
    return (int) crc.getValue();
  }
}

package io.stowage.io.avro.block;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Compresses and decompresses blocks. For one thread at a time; to be closed. */
public interface BlockCodec extends AutoCloseable {
  /** Makes codecs, as many as there are blocks in the works at once. */
  interface Factory {
    /** As the file's header calls it. */
    String name();

    BlockCodec create();
  }

  /** The block's bytes compressed, in memory of their own. */
  ByteBuffer compress(ByteBuffer bytes) throws IOException;

  /** The opposite; the result may be overwritten by the next call. */
  ByteBuffer decompress(ByteBuffer bytes) throws IOException;

  @Override
  default void close() {}
}

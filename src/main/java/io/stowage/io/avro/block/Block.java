package io.stowage.io.avro.block;

import java.nio.ByteBuffer;

/**
 * A block as it stands in the file.
 *
 * @param values how many it says that it holds
 * @param bytes compressed, with an array
 */
record Block(long values, ByteBuffer bytes) {}

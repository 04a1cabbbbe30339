/**
 * The frame of Avro's object container files: header, blocks, and the marker between them. Schemas
 * and values are Avro's own and others'; here blocks are compressed and decompressed, decoded too,
 * side by side on the machine's processors, in order and in bounded memory.
 *
 * <p>{@link io.stowage.io.avro.block.BlockWriter} and {@link io.stowage.io.avro.block.BlockReader}
 * are the two ways through; {@code Lookahead} is what makes them parallel. A file of a single block
 * starts no thread.
 */
@NullMarked
package io.stowage.io.avro.block;

import org.jspecify.annotations.NullMarked;

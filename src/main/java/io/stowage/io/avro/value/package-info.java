/**
 * Java values as Avro data, without a {@code GenericRecord} in between: a type is compiled once
 * into a tree of codecs, which write straight to Avro's encoder and build records straight from its
 * decoder.
 *
 * <p>Start at {@link io.stowage.io.avro.value.RecordMapper}; {@code CodecCompiler} says which types
 * there are.
 */
@NullMarked
package io.stowage.io.avro.value;

import org.jspecify.annotations.NullMarked;

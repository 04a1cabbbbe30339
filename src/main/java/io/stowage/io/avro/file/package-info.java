/**
 * Avro object container files, stream to stream: records as rows, everything else as a single
 * datum, read back by the schema that the file was written with as the type that it is now.
 *
 * <p>{@link io.stowage.io.avro.file.AvroType} says how a declared type stands in a file, {@link
 * io.stowage.io.avro.file.AvroFileWriter} and {@link io.stowage.io.avro.file.AvroFileReader} write
 * and read one; the package {@code value} turns Java values into Avro's and back, {@code schema}
 * compares schemas.
 */
@NullMarked
package io.stowage.io.avro.file;

import org.jspecify.annotations.NullMarked;

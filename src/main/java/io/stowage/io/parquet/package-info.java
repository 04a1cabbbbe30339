/**
 * Parquet, to read only: files that other tools have written, as records. Of a file only those
 * columns are decoded that the record has.
 *
 * <p>{@link io.stowage.io.parquet.RecordTypes} says at the worker's start what can be loaded;
 * {@link io.stowage.io.parquet.RecordBinding} binds a record's components to the columns of one
 * file; {@link io.stowage.io.parquet.Conversions} is the table of types.
 *
 * <p>The format needs random access, which a store does not give: an object is first copied to a
 * nameless temporary file. So the checksum of the whole object is compared before the first row,
 * and an object that is overwritten meanwhile does no harm.
 */
@NullMarked
package io.stowage.io.parquet;

import org.jspecify.annotations.NullMarked;

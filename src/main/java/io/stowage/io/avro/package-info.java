/**
 * Avro object container files. {@link io.stowage.io.avro.AvroCoders} derives from a Java type its
 * schema and a tree of {@link io.stowage.io.avro.Coder}s, which write values to Avro's encoder and
 * read them from its resolving decoder without a generic record in between; {@link
 * io.stowage.io.avro.AvroIoManager} puts both into files.
 */
@NullMarked
package io.stowage.io.avro;

import org.jspecify.annotations.NullMarked;

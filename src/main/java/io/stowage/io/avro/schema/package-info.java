/**
 * Schemas by themselves: a fingerprint, what changed between two of them, and whether the one reads
 * what the other wrote.
 *
 * <p>Start at {@link io.stowage.io.avro.schema.SchemaChanges}.
 */
@NullMarked
package io.stowage.io.avro.schema;

import org.jspecify.annotations.NullMarked;

/**
 * How an asset is cut into pieces, and which piece of one asset needs which of another. Values and
 * arithmetic only: nothing here reads a clock, a store or a database; what changes with time comes
 * in as a {@link io.stowage.api.partition.PartitionContext}.
 *
 * <p>A tour: a {@link io.stowage.api.partition.PartitionsDefinition} says which {@link
 * io.stowage.api.partition.PartitionKey}s there are. It is one dimension (static, dynamic or of
 * time) or several of them. Time is cut by a {@link io.stowage.api.partition.WindowCycle}; all
 * arithmetic of it, days of 23 and 25 hours included, rests on two questions that {@code Windows}
 * answers: where does the window of this instant begin, and where the next. A {@link
 * io.stowage.api.partition.PartitionMapping} says how keys of two definitions belong together, and
 * {@link io.stowage.api.partition.PartitionMapper} works it out, either way. The annotations, and
 * {@link io.stowage.api.partition.PartitionAnnotations} that reads them, come last.
 *
 * <p>Definitions and mappings travel as data: {@code toData} makes maps of plain values in an order
 * that never changes, and {@code fromData} reads them.
 */
@NullMarked
package io.stowage.api.partition;

import org.jspecify.annotations.NullMarked;

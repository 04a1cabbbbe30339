/**
 * The control plane: takes run requests, hands them to workers, and keeps the ledger of what they
 * stored. It never runs an author's code, and knows assets only by the catalogs that workers send.
 *
 * <p>{@code queue} is what touches hot tables, in literal SQL; {@code ledger} reads what is kept,
 * and writes what no hot table takes part in; {@code message} tells queues outside of runs; {@code
 * backfill} turns many partitions into runs; {@code rest} is the HTTP interface.
 */
@NullMarked
package io.stowage.control;

import org.jspecify.annotations.NullMarked;

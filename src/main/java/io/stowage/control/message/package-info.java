/**
 * Delivery by queues outside: {@code MessageDelivery} sends the ids of runs as they become ready,
 * {@code MissedRuns} those whose message was lost. What is sent is word of a run; whoever gets it
 * asks the ledger.
 */
@NullMarked
package io.stowage.control.message;

import org.jspecify.annotations.NullMarked;

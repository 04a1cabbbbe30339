/**
 * The queue's states and whoever may change them. A lease id, new at each claim, guards every
 * change of a run that is under way; one statement, or one transaction, does all of a change, the
 * events that tell of it included.
 *
 * <p>Start at {@code RunQueue}, which puts all together. {@code Ledger} is the authority on runs;
 * {@code Delivery} brings word of those that are ready, here by {@code Wakeups} to the {@code
 * Waiters} of this server and by {@code Bulletin} to others, and in {@code control.message} by
 * messages. {@code Coalescer} makes one of many calls: {@code SubmitBatch}, {@code WorkBatch}
 * (claims and ends) and {@code CommitBatch} are the statements. {@code Housekeeping} does what has
 * to happen without anybody asking, on the {@code Leader}; {@code History} keeps the weeks.
 */
@NullMarked
package io.stowage.control.queue;

import org.jspecify.annotations.NullMarked;

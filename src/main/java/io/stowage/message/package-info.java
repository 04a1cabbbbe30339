/**
 * Queues outside of Stowage that carry run ids from control planes to workers: word of a run, and
 * nothing else. Start at {@code MessageQueue}; {@code sqs} is the one for queues like Amazon's SQS.
 */
@NullMarked
package io.stowage.message;

import org.jspecify.annotations.NullMarked;

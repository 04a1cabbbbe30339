/**
 * Queues like Amazon's SQS, through its SDK. {@code SqsAddress} is what a setting says of one,
 * {@code SqsQueues} opens all of them.
 */
@NullMarked
package io.stowage.message.sqs;

import org.jspecify.annotations.NullMarked;

/**
 * How a worker comes to runs: {@code Polls} asks the control plane and waits there, {@code
 * Messages} hears of them from queues outside, and then asks for those by their ids.
 */
@NullMarked
package io.stowage.worker.pull;

import org.jspecify.annotations.NullMarked;

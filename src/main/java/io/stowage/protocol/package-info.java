/**
 * What workers, the command line and others say to the control plane over HTTP, and hear from it:
 * one record for each message, as JSON in snake case by {@link io.stowage.protocol.Json}. Times are
 * ISO-8601; durations as well.
 */
@NullMarked
package io.stowage.protocol;

import org.jspecify.annotations.NullMarked;

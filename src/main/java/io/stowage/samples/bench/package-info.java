/**
 * Assets to measure with, any number of rows, streamed into a store and out of it, and a run that
 * does nothing; and assets to look for faults with.
 */
@NullMarked
package io.stowage.samples.bench;

import org.jspecify.annotations.NullMarked;

/**
 * Records as rows, for every format: which components a record has, which of them may be null, how
 * they are read and how a record is built from them. This is the one place that reflects, and it
 * does so on records alone, by core reflection: that is what a native image keeps.
 *
 * <p>Start at {@link io.stowage.io.record.RecordShape}.
 */
@NullMarked
package io.stowage.io.record;

import org.jspecify.annotations.NullMarked;

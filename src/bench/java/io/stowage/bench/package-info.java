/**
 * Measures Stowage beside the limit of what it stands on, in the same run: {@link
 * io.stowage.bench.Bench} says how. Compiled in the profile {@code bench} alone.
 */
@NullMarked
package io.stowage.bench;

import org.jspecify.annotations.NullMarked;

/**
 * What a user's tests need, and nothing to start: {@link io.stowage.testing.Materialize} runs
 * annotated classes in memory, through the engine that a worker runs them with; {@link
 * io.stowage.testing.OutputContexts} and {@link io.stowage.testing.InputContexts} make the contexts
 * that an IO manager is told by, so that it can be tested alone; {@link
 * io.stowage.testing.Settings} fills a factory's settings; {@link io.stowage.testing.Types} spells
 * types with arguments.
 *
 * <p>Where there is no build, classes are read by reflection: {@code model} shows them as the build
 * sees them, to the build's own reader. All rules stand in {@code catalog}, so that a graph which
 * cannot be is refused with the same sentence.
 */
@NullMarked
package io.stowage.testing;

import org.jspecify.annotations.NullMarked;

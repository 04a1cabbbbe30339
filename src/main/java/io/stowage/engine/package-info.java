/**
 * Executes a plan. {@link io.stowage.engine.Engine} runs independent steps side by side on virtual
 * threads; {@link io.stowage.engine.StepExecution} is one step: load the inputs through their
 * managers, call the author's method, store each output through its manager, commit it.
 *
 * <p>What the engine needs of the world are ports: the {@link io.stowage.engine.Ledger} that knows
 * what was committed, the {@link io.stowage.engine.IoManagers}, the {@link
 * io.stowage.engine.AssetFunctions}.
 */
@NullMarked
package io.stowage.engine;

import org.jspecify.annotations.NullMarked;

/**
 * Pulls runs and executes them. {@link io.stowage.worker.Worker} keeps a session, claims what its
 * slots allow (how it hears of runs is {@code pull}'s), and beats; a {@link
 * io.stowage.worker.RunAttempt} is one lease, from the plan to the completion; {@link
 * io.stowage.worker.LeaseLedger} is the engine's ledger, over HTTP. A run that removes is a {@link
 * io.stowage.worker.SweepAttempt}. A worker has no database.
 */
@NullMarked
package io.stowage.worker;

import org.jspecify.annotations.NullMarked;

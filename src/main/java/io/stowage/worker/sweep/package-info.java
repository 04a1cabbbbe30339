/**
 * Removes what is no longer kept. A {@link io.stowage.worker.sweep.Sweep} is one attempt at a run
 * of kind {@code sweep} or {@code wipe}: it asks the ledger, by {@link
 * io.stowage.worker.sweep.SweepLedger}, what may go, marks it there, and then has the IO manager
 * delete it ({@link io.stowage.worker.sweep.Removing}); {@link io.stowage.worker.sweep.Orphans}
 * goes the other way, from what lies in a store to what the ledger knows of it. All of it is told
 * in events, and counted in a {@link io.stowage.worker.sweep.SweepReport}.
 */
@NullMarked
package io.stowage.worker.sweep;

import org.jspecify.annotations.NullMarked;

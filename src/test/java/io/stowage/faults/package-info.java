/**
 * The fault suite. A {@link io.stowage.faults.Cluster} is real processes on loopback, and {@link
 * io.stowage.faults.FaultProxy proxies} between them; scenarios break them while a {@link
 * io.stowage.faults.Load} asks for runs. Whatever a client or a worker asked, and what it was told,
 * goes into the {@link io.stowage.faults.History}; when a scenario is over, {@link
 * io.stowage.faults.Evidence} is read from there, from the database and from the store, and {@link
 * io.stowage.faults.Invariant} says what must be true of it. The {@link io.stowage.faults.Report}
 * is kept.
 */
@NullMarked
package io.stowage.faults;

import org.jspecify.annotations.NullMarked;

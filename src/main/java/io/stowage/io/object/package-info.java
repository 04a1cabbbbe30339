/**
 * What IO managers for file formats share. {@link io.stowage.io.object.ObjectIoManager} is the base
 * class: a format adds how a value becomes bytes and back, and gets the rest.
 *
 * <p>On the way out: {@code ObjectKeys} names the object, and {@code Written} is what the format
 * tells about it. On the way in: {@code StoredParts} finds what the ledger says was committed,
 * {@link io.stowage.io.object.InputShape} says how several partitions become one value, {@code
 * PartReader} opens and verifies each, and {@code ChainedRows} is the stream over all of them.
 * {@link io.stowage.io.object.Quarantine} takes bad rows either way.
 */
@NullMarked
package io.stowage.io.object;

import org.jspecify.annotations.NullMarked;

/**
 * Where objects are kept. {@link io.stowage.store.ObjectStore} is the port, and its Javadoc the
 * specification; each of the packages {@code file}, {@code s3} and {@code memory} is one
 * implementation with its settings.
 *
 * <p>An {@link io.stowage.store.ObjectKey} names an object, and is made of components that {@link
 * io.stowage.store.KeyEncoding} has encoded. All three implementations write through {@link
 * io.stowage.store.StagedWriter}, which counts, hashes and decides on close; what differs between
 * them is the {@link io.stowage.store.Staging} behind it.
 */
@NullMarked
package io.stowage.store;

import org.jspecify.annotations.NullMarked;

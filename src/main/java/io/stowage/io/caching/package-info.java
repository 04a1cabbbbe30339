/**
 * A manager that wraps another and keeps what was loaded, so long as it is what the ledger names:
 * {@link io.stowage.io.caching.CachingIoManagerFactory} makes it, {@code ValueCache} is the bound.
 */
@NullMarked
package io.stowage.io.caching;

import org.jspecify.annotations.NullMarked;

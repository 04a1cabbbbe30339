/**
 * What IO managers promise, as a user sees it: annotated classes, run by {@link
 * io.stowage.testing.Materialize}. The tags are the numbers of the promises.
 */
@NullMarked
package io.stowage.contract;

import org.jspecify.annotations.NullMarked;

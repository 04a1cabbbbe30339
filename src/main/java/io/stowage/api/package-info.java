/**
 * What an author of assets sees, and all of it: the annotations that declare assets, the interfaces
 * of IO managers, the contexts they are told by, values with metadata. Signatures name JDK types
 * only, so that a pipeline's code depends on nothing but this package and the two beside it, {@code
 * metadata} and {@code partition}.
 *
 * <p>Start at {@link io.stowage.api.Asset}; then {@link io.stowage.api.IoManager}.
 */
@NullMarked
package io.stowage.api;

import org.jspecify.annotations.NullMarked;

/**
 * Finds assets and IO manager factories while the application is built.
 *
 * <p>{@link io.stowage.catalog.build.AssetExtension} reads the annotated methods of every bean into
 * {@code AssetDeclaration}s, holds them against the rules of {@code catalog}, and fails the build
 * with one sentence for each fault; {@code StrayClasses} tells of annotated methods whose class is
 * no bean, and which nobody would read. What it found travels into the application as parameters of
 * synthetic observers, one for each class of assets, which the class itself declares: only its own
 * class loader sees the {@code Invoker}s that were made for its methods. {@link
 * io.stowage.catalog.build.FoundAssets} is the event that collects them at start.
 */
@NullMarked
package io.stowage.catalog.build;

import org.jspecify.annotations.NullMarked;

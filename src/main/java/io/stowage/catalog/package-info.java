/**
 * Which assets there are. A reader (the build-time extension in {@code catalog.build}, or
 * reflection in {@code testing}) fills one {@link io.stowage.catalog.AssetDeclaration} for each
 * annotated method; {@link io.stowage.catalog.AssetGraph} wires them by the names of their
 * parameters and holds them against the rules, each of which is written once, here.
 */
@NullMarked
package io.stowage.catalog;

import org.jspecify.annotations.NullMarked;

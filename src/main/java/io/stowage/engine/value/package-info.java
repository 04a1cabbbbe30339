/**
 * Values of assets, read from outside a run. {@link io.stowage.engine.value.StoredValues} is where
 * one begins; a {@code ValueReading} is one asset with what was said about it, which asks {@link
 * io.stowage.engine.value.StoredAssets} what is stored, and the one manager to load it, by a {@code
 * ReadingContext}. {@code Rows} makes rows of whatever a manager gives.
 */
@NullMarked
package io.stowage.engine.value;

import org.jspecify.annotations.NullMarked;

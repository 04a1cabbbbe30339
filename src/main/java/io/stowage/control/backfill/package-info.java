/**
 * Backfills: many partitions asked for at once. A partition of an asset, or a range of them where
 * the asset's policy says so, becomes a run once the runs that it needs have succeeded, and is
 * skipped below one that failed.
 *
 * <p>{@code Backfills} takes one as a {@code Blueprint}; {@code Expansion} writes its runs down;
 * {@code Round} works out what has become of them; {@code Expander} puts these together, and {@code
 * Nudge} calls it as soon as there is a reason.
 */
@NullMarked
package io.stowage.control.backfill;

import org.jspecify.annotations.NullMarked;

/**
 * Backfills: many partitions asked for at once. Each asset's partition is an item; an item, or a
 * range of them where the asset's policy says so, becomes a run once the items it needs have
 * succeeded, and is skipped below one that failed.
 */
@NullMarked
package io.stowage.control.backfill;

import org.jspecify.annotations.NullMarked;

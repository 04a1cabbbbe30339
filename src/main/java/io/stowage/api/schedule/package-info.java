/**
 * When assets and jobs are run by the clock: {@link io.stowage.api.schedule.Schedule} on what is to
 * be run, and {@link io.stowage.api.schedule.CatchUp} for what was missed.
 */
@NullMarked
package io.stowage.api.schedule;

import org.jspecify.annotations.NullMarked;

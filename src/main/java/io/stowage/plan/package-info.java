/**
 * What has to be done: {@link io.stowage.plan.Selection} turns words into asset keys, {@link
 * io.stowage.plan.RunPlan} turns a run request into steps with resolved partitions. Pure functions
 * of their arguments: they read no clock, no store and no configuration.
 */
@NullMarked
package io.stowage.plan;

import org.jspecify.annotations.NullMarked;

/**
 * Assets and jobs that are run by the clock. {@code Scheduled} is what a catalog says, {@code
 * ScheduleState} how far it has come, {@code Ticks} what is due; {@code Schedules} submits that,
 * and answers operators.
 */
@NullMarked
package io.stowage.control.schedule;

import org.jspecify.annotations.NullMarked;

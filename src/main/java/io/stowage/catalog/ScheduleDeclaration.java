package io.stowage.catalog;

import io.stowage.api.schedule.CatchUp;

/**
 * When a step or a job is run by the clock, as annotated; {@link ScheduleRules} tells what is
 * wrong.
 *
 * @param zone UTC where it is empty
 * @param maxCatchUp how many missed ticks are run at most
 * @param upstream whether what the asset is computed from is run as well
 */
public record ScheduleDeclaration(
    String cron, String zone, CatchUp catchUp, int maxCatchUp, boolean upstream) {}

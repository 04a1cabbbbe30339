package io.stowage.protocol;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule of a queue's current catalog.
 *
 * @param schedule its name: that of the asset, the multi-asset or the job
 * @param job null where it runs assets
 * @param catchUp what becomes of missed ticks: {@code none}, {@code last} or {@code all}
 * @param next when it ticks; null while it is paused
 * @param lastTick the last that was submitted
 * @param lastRun that it submitted
 * @param lastRunState null where that run is not kept any more
 * @param pending a tick that could not be submitted, and is tried again
 * @param problem why it could not, or why the last one was left out
 */
public record ScheduleView(
    String schedule,
    String queue,
    @Nullable String job,
    List<String> assets,
    String cron,
    String zone,
    String catchUp,
    boolean paused,
    @Nullable Instant next,
    @Nullable Instant lastTick,
    @Nullable UUID lastRun,
    @Nullable String lastRunState,
    @Nullable Instant pending,
    @Nullable String problem) {}

package io.stowage.protocol;

/**
 * @param depth runs that wait
 * @param oldestSeconds how long the oldest has waited
 * @param desiredWorkers how many sessions would do for what waits and runs
 */
public record QueueStats(
    String queue,
    boolean paused,
    boolean draining,
    long scheduled,
    long blocked,
    long queued,
    long running,
    long depth,
    double oldestSeconds,
    int sessions,
    int slots,
    int desiredWorkers) {}

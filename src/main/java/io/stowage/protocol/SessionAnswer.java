package io.stowage.protocol;

import java.time.Duration;

/**
 * @param secret that all further calls of the session bear
 * @param ttl a session not heard of for so long is lost
 * @param claimWait the longest that a claim waits
 */
public record SessionAnswer(
    long id, String secret, Duration ttl, Duration heartbeat, Duration claimWait) {}

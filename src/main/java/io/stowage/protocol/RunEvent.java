package io.stowage.protocol;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run.
 *
 * @param n number within the run, from 1, without gaps
 */
public record RunEvent(
    long n,
    Instant at,
    String type,
    @Nullable String step,
    @Nullable String partition,
    String message,
    Map<String, Object> data) {}

package io.stowage.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run, for people who follow it.
 *
 * @param type {@code run_started}, {@code step_started}, {@code input_loaded}, {@code input_read}
 *     with what was added while a stream was read, {@code output_stored}, {@code log}, {@code
 *     progress}, {@code step_succeeded}, {@code step_failed}, {@code step_skipped}, {@code
 *     step_superseded}, {@code asset_checked}, …
 * @param step null for an event of the whole run
 * @param data plain values, by name: text, numbers, booleans, lists and maps; metadata as {@code
 *     MetadataValue.toData()}. The event that ends a step has its {@code seconds}, and of these
 *     {@code load_seconds}, {@code compute_seconds} and {@code store_seconds}
 */
public record StepEvent(
    Instant at,
    String type,
    @Nullable String step,
    @Nullable String partition,
    String message,
    Map<String, Object> data) {}

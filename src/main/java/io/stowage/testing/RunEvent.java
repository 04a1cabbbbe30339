package io.stowage.testing;

import java.util.Map;

/**
 * Something that happened in a run, as people who follow it see it.
 *
 * @param type {@code run_started}, {@code step_started}, {@code input_loaded}, {@code input_read}
 *     with what was added while a stream was read, {@code output_stored}, {@code output_skipped},
 *     {@code log}, {@code progress}, {@code step_retried}, {@code step_succeeded}, {@code
 *     step_failed}, {@code step_skipped}, …
 * @param step the step's name; empty for an event of the whole run
 * @param partition empty where the step has none
 * @param data plain values by name: text, numbers, booleans, lists and maps
 */
public record RunEvent(
    String type, String step, String partition, String message, Map<String, Object> data) {
  public RunEvent {
    data = Map.copyOf(data);
  }
}

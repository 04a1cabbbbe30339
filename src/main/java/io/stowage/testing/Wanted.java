package io.stowage.testing;

import io.stowage.api.InputManager;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run, changed by copies.
 *
 * @param words of a selection; empty for all
 * @param dynamicKeys by the name of the dynamic partitions
 * @param now null for the present
 * @param job null where assets are run
 */
record Wanted(
    List<String> words,
    List<String> partitions,
    Map<String, String> tags,
    Map<String, InputManager> managers,
    GivenValues values,
    Map<String, List<String>> dynamicKeys,
    @Nullable Instant now,
    @Nullable String job) {
  static final Wanted ALL =
      new Wanted(
          List.of(),
          List.of(),
          Map.of(),
          Map.of(),
          new GivenValues(Map.of()),
          Map.of(),
          null,
          null);

  Wanted words(String... given) {
    return new Wanted(List.of(given), partitions, tags, managers, values, dynamicKeys, now, job);
  }

  Wanted partitions(String... given) {
    return new Wanted(words, List.of(given), tags, managers, values, dynamicKeys, now, job);
  }

  Wanted tags(Map<String, String> given) {
    return new Wanted(
        words, partitions, Map.copyOf(given), managers, values, dynamicKeys, now, job);
  }

  Wanted manager(String key, InputManager manager) {
    var more = new LinkedHashMap<>(managers);
    more.put(key, manager);
    return new Wanted(words, partitions, tags, more, values, dynamicKeys, now, job);
  }

  Wanted values(GivenValues given) {
    return new Wanted(words, partitions, tags, managers, given, dynamicKeys, now, job);
  }

  Wanted dynamicKeys(String name, String... keys) {
    var more = new LinkedHashMap<>(dynamicKeys);
    more.put(name, List.of(keys));
    return new Wanted(words, partitions, tags, managers, values, more, now, job);
  }

  Wanted at(Instant given) {
    return new Wanted(words, partitions, tags, managers, values, dynamicKeys, given, job);
  }

  Wanted job(String given) {
    return new Wanted(words, partitions, tags, managers, values, dynamicKeys, now, given);
  }
}

package io.stowage.testing;

import io.stowage.api.StowageException;
import io.stowage.api.partition.DynamicPartitionsDefinition;
import io.stowage.api.partition.MultiPartitionsDefinition;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.plan.CronUtilsSchedules;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The dynamic keys that a test names by the partitions it asks for: they are there without being
 * said.
 */
final class NamedKeys {
  private final Map<String, Set<String>> keys = new LinkedHashMap<>();

  private NamedKeys() {}

  /** A text that names a key of a definition without dynamic partitions adds none. */
  static NamedKeys of(Collection<PartitionsDefinition> definitions, List<String> texts) {
    var named = new NamedKeys();
    for (String text : texts) {
      boolean other =
          definitions.stream()
              .anyMatch(
                  each ->
                      !(each instanceof DynamicPartitionsDefinition)
                          && read(each, text).isPresent());
      definitions.stream()
          .filter(each -> !(other && each instanceof DynamicPartitionsDefinition))
          .forEach(each -> read(each, text).ifPresent(key -> named.add(each, key)));
    }
    return named;
  }

  static NamedKeys of(PartitionsDefinition definition, Collection<PartitionKey> keys) {
    var named = new NamedKeys();
    keys.forEach(key -> named.add(definition, key));
    return named;
  }

  private static Optional<PartitionKey> read(PartitionsDefinition definition, String text) {
    try {
      return Optional.of(definition.parse(text));
    } catch (StowageException e) {
      return Optional.empty();
    }
  }

  private void add(PartitionsDefinition definition, PartitionKey key) {
    switch (definition) {
      case DynamicPartitionsDefinition dynamic -> add(dynamic.name(), key.text());
      case MultiPartitionsDefinition several ->
          several
              .byDimension()
              .forEach(
                  (name, dimension) -> {
                    if (dimension instanceof DynamicPartitionsDefinition dynamic) {
                      add(dynamic.name(), key.dimension(name));
                    }
                  });
      default -> {}
    }
  }

  private void add(String name, String key) {
    keys.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(key);
  }

  List<String> of(String name) {
    return List.copyOf(keys.getOrDefault(name, Set.of()));
  }

  PartitionContext at(Instant now) {
    return new PartitionContext(now, this::of).withCrons(new CronUtilsSchedules());
  }
}

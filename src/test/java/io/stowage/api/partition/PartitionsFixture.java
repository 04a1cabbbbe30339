package io.stowage.api.partition;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Words for the tests of this package. */
final class PartitionsFixture {
  static final StaticPartitionsDefinition CITIES =
      PartitionsDefinition.ofStatic("Seattle", "New York").named("city");

  private PartitionsFixture() {}

  static PartitionContext at(String now) {
    return PartitionContext.at(Instant.parse(now));
  }

  static PartitionContext at(String now, Map<String, List<String>> dynamic) {
    return at(now).withDynamicKeys(name -> dynamic.getOrDefault(name, List.of()));
  }

  static List<PartitionKey> keys(String... texts) {
    return List.of(texts).stream().map(PartitionKey::of).toList();
  }

  static List<String> texts(Collection<PartitionKey> keys) {
    return keys.stream().map(PartitionKey::text).toList();
  }

  static PartitionKey cityAndDate(String city, String date) {
    return PartitionKey.of(Map.of("city", city, "date", date));
  }
}

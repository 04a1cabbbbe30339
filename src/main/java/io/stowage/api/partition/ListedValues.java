package io.stowage.api.partition;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Components that somebody wrote down. */
final class ListedValues implements DimensionValues {
  private final List<String> values;
  private final Map<String, Integer> places;
  private final String expectation;

  ListedValues(List<String> values, String expectation) {
    this.values = List.copyOf(values);
    this.expectation = expectation;
    this.places = HashMap.newHashMap(values.size());
    for (String value : this.values) {
      places.putIfAbsent(value, places.size());
    }
  }

  boolean repeats() {
    return places.size() < values.size();
  }

  @Override
  public List<String> all() {
    return values;
  }

  @Override
  public Optional<String> first() {
    return values.stream().findFirst();
  }

  @Override
  public boolean follow(String value, String other) {
    return place(value) + 1 == place(other);
  }

  @Override
  public Optional<String> last() {
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  @Override
  public boolean contains(String value) {
    return places.containsKey(value);
  }

  @Override
  public List<String> between(String from, String to) {
    int first = place(from);
    int last = place(to);
    return first > last ? List.of() : Collections.unmodifiableList(values.subList(first, last + 1));
  }

  @Override
  public long count() {
    return values.size();
  }

  @Override
  public long rank(String value) {
    return place(value);
  }

  private int place(String value) {
    return places.getOrDefault(value, Integer.MAX_VALUE - 1);
  }

  @Override
  public Optional<String> meant(String value) {
    return values.stream().filter(each -> each.equalsIgnoreCase(value.strip())).findFirst();
  }

  @Override
  public String expectation() {
    return expectation;
  }
}

package io.stowage.api.partition;

import java.util.List;
import java.util.Optional;

/** Dynamic keys, where nobody knows which there are: any may be. */
record AnyValue() implements DimensionValues {
  @Override
  public List<String> all() {
    return List.of();
  }

  @Override
  public Optional<String> first() {
    return Optional.empty();
  }

  @Override
  public boolean follow(String value, String other) {
    return false;
  }

  @Override
  public Optional<String> last() {
    return Optional.empty();
  }

  @Override
  public boolean contains(String value) {
    return true;
  }

  @Override
  public List<String> between(String from, String to) {
    return List.of();
  }

  @Override
  public long count() {
    return 0;
  }

  @Override
  public long rank(String value) {
    return 0;
  }

  @Override
  public String expectation() {
    return "a key";
  }
}

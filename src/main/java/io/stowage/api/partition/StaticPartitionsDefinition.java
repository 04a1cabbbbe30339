package io.stowage.api.partition;

import java.util.List;

/** Keys that the author wrote down: at least one, each once, in the order written. */
public final class StaticPartitionsDefinition implements SingleDimensionDefinition {
  private final ListedValues listed;
  private final String dimension;

  /**
   * @throws io.stowage.api.StowageException {@code INVALID_CONFIGURATION} where there is none or
   *     one twice, {@code INVALID_KEY} where one cannot be a key
   */
  public StaticPartitionsDefinition(List<String> values, String dimension) {
    PartitionKey.checkDimension(dimension);
    values.forEach(PartitionKey::of);
    this.listed = new ListedValues(values, "one of " + Faults.quoted(values));
    this.dimension = dimension;
    if (values.isEmpty() || listed.repeats()) {
      throw Faults.configuration(
          "static partitions "
              + (values.isEmpty()
                  ? "have no keys: name one"
                  : Faults.quoted(values) + " have a key twice"));
    }
  }

  ListedValues listed() {
    return listed;
  }

  public List<String> values() {
    return listed.all();
  }

  @Override
  public String dimension() {
    return dimension;
  }

  @Override
  public StaticPartitionsDefinition named(String name) {
    return new StaticPartitionsDefinition(values(), name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StaticPartitionsDefinition definition
        && definition.values().equals(values())
        && definition.dimension.equals(dimension);
  }

  @Override
  public int hashCode() {
    return 31 * values().hashCode() + dimension.hashCode();
  }

  @Override
  public String toString() {
    return "StaticPartitionsDefinition[" + dimension + ": " + Faults.quoted(values()) + "]";
  }
}

package io.stowage.api.partition;

/**
 * Keys that are added and removed at run time.
 *
 * @param name under which the keys are kept, 1 to 255 characters; definitions of one name share
 *     their keys
 */
public record DynamicPartitionsDefinition(String name, String dimension)
    implements SingleDimensionDefinition {
  public DynamicPartitionsDefinition {
    PartitionKey.checkDimension(dimension);
    if (name.isBlank() || name.length() > 255 || name.chars().anyMatch(Character::isISOControl)) {
      throw Faults.configuration("dynamic partitions cannot be named " + Faults.quoted(name));
    }
  }

  @Override
  public DynamicPartitionsDefinition named(String other) {
    return new DynamicPartitionsDefinition(name, other);
  }
}

package io.stowage.api.partition;

import java.util.List;

/** A definition of one dimension. It has a name, by which definitions of several know it. */
public sealed interface SingleDimensionDefinition extends PartitionsDefinition
    permits StaticPartitionsDefinition,
        DynamicPartitionsDefinition,
        TimeWindowPartitionsDefinition {
  /** Name of a dimension of time that nobody named. */
  String DATE = "date";

  /** Name of any other dimension that nobody named. */
  String KEY = "key";

  String dimension();

  /** The same definition under another name. */
  SingleDimensionDefinition named(String dimension);

  @Override
  default List<String> dimensions() {
    return List.of(dimension());
  }
}

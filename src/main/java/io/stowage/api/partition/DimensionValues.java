package io.stowage.api.partition;

import io.stowage.api.StowageException;
import java.util.List;
import java.util.Optional;

/** The components that one dimension has, under one context. */
interface DimensionValues {
  /** How many partitions are listed at most: more is a mistake, and would not fit into memory. */
  int MOST = 1_000_000;

  /** In the definition's order. */
  List<String> all();

  Optional<String> first();

  Optional<String> last();

  /** Whether the other is the next one in the definition's order; both are contained. */
  boolean follow(String value, String other);

  boolean contains(String value);

  /** From one to another, both included; both are contained. */
  List<String> between(String from, String to);

  long count();

  /** Where the value stands in the definition's order; for one that is not in it, any number. */
  long rank(String value);

  /** What a value is, after "is not": {@code a month from '2012-01' on, written as yyyy-MM}. */
  String expectation();

  /** What was meant by a value that is not contained, as far as can be guessed. */
  default Optional<String> meant(String value) {
    return Optional.empty();
  }

  static DimensionValues of(SingleDimensionDefinition definition, PartitionContext context) {
    return switch (definition) {
      case StaticPartitionsDefinition listed -> listed.listed();
      case DynamicPartitionsDefinition dynamic -> context.dynamic(dynamic.name());
      case TimeWindowPartitionsDefinition time -> TimeValues.of(time, context);
    };
  }

  /** What can be told of a value without a context. */
  static DimensionValues withoutContext(SingleDimensionDefinition definition) {
    return switch (definition) {
      case StaticPartitionsDefinition listed -> listed.listed();
      case DynamicPartitionsDefinition _ -> new AnyValue();
      case TimeWindowPartitionsDefinition time -> TimeValues.withoutContext(time);
    };
  }

  static StowageException tooMany() {
    return Faults.request(
        "these are more than "
            + MOST
            + " partitions, too many to list: name fewer of them, or a range");
  }
}

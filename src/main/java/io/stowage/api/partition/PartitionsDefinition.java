package io.stowage.api.partition;

import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions an asset has. An immutable value; what changes with time is told in a {@link
 * PartitionContext}, so that a definition whose end is open has today's keys today.
 *
 * <p>A method that is given a key answers without listing the others.
 */
public sealed interface PartitionsDefinition
    permits SingleDimensionDefinition, MultiPartitionsDefinition {
  /** Names of the dimensions, sorted; one at least. */
  List<String> dimensions();

  /**
   * All keys, in the definition's order: as written, by time, and of several dimensions the first
   * by name slowest.
   *
   * @throws StowageException {@code INVALID_REQUEST} where there are more than a million
   */
  default List<PartitionKey> keys(PartitionContext context) {
    return new BoundDefinition(this, context).keys();
  }

  default long count(PartitionContext context) {
    return new BoundDefinition(this, context).count();
  }

  /** The last key in the definition's order: the newest, where it is of time. */
  default Optional<PartitionKey> last(PartitionContext context) {
    return new BoundDefinition(this, context).last();
  }

  default boolean contains(PartitionKey key, PartitionContext context) {
    return new BoundDefinition(this, context).contains(key);
  }

  /**
   * Does nothing where the key is contained.
   *
   * @throws StowageException {@code UNKNOWN_PARTITION}, saying which keys there are and how they
   *     are written
   */
  default void check(PartitionKey key, PartitionContext context) {
    new BoundDefinition(this, context).check(key);
  }

  /**
   * The keys from one to another, both included. Of several dimensions: every combination of the
   * ranges in each.
   *
   * @throws StowageException {@code UNKNOWN_PARTITION} where either is not contained; {@code
   *     INVALID_REQUEST} where the range ends before it begins, or has more than a million keys
   */
  default List<PartitionKey> keysBetween(
      PartitionKey from, PartitionKey to, PartitionContext context) {
    return new BoundDefinition(this, context).between(from, to);
  }

  /**
   * The keys, each once, in the definition's order and in ranges: one where they are all keys from
   * one to another, as {@link #keysBetween} has them; else a new one begins where a key between two
   * of them is left out.
   *
   * @param keys all contained
   */
  default List<List<PartitionKey>> ranges(Collection<PartitionKey> keys, PartitionContext context) {
    return new BoundDefinition(this, context).ranges(keys);
  }

  /**
   * As {@link #window(PartitionKey, PartitionContext)}, for every definition but those with a cron
   * expression.
   */
  default Optional<TimeWindow> window(PartitionKey key) {
    boolean cron =
        BoundDefinition.dimensions(this).values().stream()
            .anyMatch(
                d ->
                    d instanceof TimeWindowPartitionsDefinition time
                        && time.cycle() instanceof WindowCycle.Cron);
    if (cron) {
      throw Faults.configuration(
          "the window of partition "
              + Faults.quoted(key.text())
              + " follows from a cron expression: give window() a context");
    }
    return new BoundDefinition(this).window(key);
  }

  /**
   * The window of a key; empty for a definition without a dimension of time, or with two.
   *
   * @throws StowageException {@code UNKNOWN_PARTITION} where the definition does not contain the
   *     key
   */
  default Optional<TimeWindow> window(PartitionKey key, PartitionContext context) {
    return new BoundDefinition(this, context).window(key);
  }

  /**
   * The key that a text names, as far as can be told without a context: of a dynamic dimension any
   * key may be, of time any from the start on to the end.
   *
   * @throws StowageException {@code UNKNOWN_PARTITION}, saying how keys are written; {@code
   *     INVALID_KEY} where no key can be written so
   */
  default PartitionKey parse(String text) {
    return new BoundDefinition(this).check(read(text));
  }

  /** The key that a text names, which is contained; throws as {@link #parse(String)} does. */
  default PartitionKey parse(String text, PartitionContext context) {
    return new BoundDefinition(this, context).check(read(text));
  }

  private PartitionKey read(String text) {
    var names = dimensions();
    if (names.size() == 1) {
      return PartitionKey.of(text);
    }
    var parts = PartitionKey.split(text);
    if (parts.size() != names.size()) {
      throw Faults.unknown(
          "partition "
              + Faults.quoted(text)
              + " has "
              + parts.size()
              + " of the dimensions "
              + String.join("|", names)
              + ": write their keys in this order, separated by '|'");
    }
    var components = new TreeMap<String, String>();
    for (int i = 0; i < parts.size(); i++) {
      components.put(names.get(i), parts.get(i));
    }
    return PartitionKey.of(components);
  }

  /**
   * The key of components by the name of their dimension; throws as {@link #parse(String)} does.
   */
  default PartitionKey key(Map<String, String> components) {
    return new BoundDefinition(this).check(read(components));
  }

  /**
   * The key of components by the name of their dimension, which is contained; throws as {@link
   * #parse(String)} does.
   */
  default PartitionKey key(Map<String, String> components, PartitionContext context) {
    return new BoundDefinition(this, context).check(read(components));
  }

  private PartitionKey read(Map<String, String> components) {
    var given = new TreeMap<>(components);
    if (!List.copyOf(given.keySet()).equals(dimensions())) {
      var lacking = new ArrayList<>(dimensions());
      lacking.removeAll(given.keySet());
      given.keySet().removeAll(dimensions());
      throw Faults.unknown(
          "partition "
              + Faults.quoted(new TreeMap<>(components).toString())
              + " has not the dimensions "
              + Faults.quoted(dimensions())
              + (lacking.isEmpty() ? "" : "; it lacks " + Faults.quoted(lacking))
              + (given.isEmpty() ? "" : "; it has no use for " + Faults.quoted(given.keySet())));
    }
    return PartitionKey.of(components);
  }

  /**
   * The definition as a map of text, whole numbers, lists and maps; entries are always in the same
   * order.
   */
  default Map<String, Object> toData() {
    return DefinitionData.of(this);
  }

  /**
   * The definition whose data {@link #toData} made.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where it is none
   */
  static PartitionsDefinition fromData(Map<String, ? extends @Nullable Object> data) {
    return DefinitionData.read(new DataFields("partitions definition", data));
  }

  static StaticPartitionsDefinition ofStatic(String... keys) {
    return new StaticPartitionsDefinition(List.of(keys), SingleDimensionDefinition.KEY);
  }

  static DynamicPartitionsDefinition dynamic(String name) {
    return new DynamicPartitionsDefinition(name, SingleDimensionDefinition.KEY);
  }

  /**
   * @param start the first window begins then or later, on a clock in UTC unless {@code in} says
   *     otherwise: {@code 2024-01-01}, {@code 2024-01-01T06:00}
   */
  static TimeWindowPartitionsDefinition hourly(String start) {
    return time(WindowCycle.Unit.HOUR, start);
  }

  /** As {@link #hourly}, with keys such as {@code 2024-01-31}. */
  static TimeWindowPartitionsDefinition daily(String start) {
    return time(WindowCycle.Unit.DAY, start);
  }

  /**
   * As {@link #hourly}, from Monday to Monday, with the first day as key; {@code beginning} shifts
   * it.
   */
  static TimeWindowPartitionsDefinition weekly(String start) {
    return time(WindowCycle.Unit.WEEK, start);
  }

  /** As {@link #hourly}, with keys such as {@code 2024-01}. */
  static TimeWindowPartitionsDefinition monthly(String start) {
    return time(WindowCycle.Unit.MONTH, start);
  }

  private static TimeWindowPartitionsDefinition time(WindowCycle.Unit unit, String start) {
    return new TimeWindowPartitionsDefinition(
        WindowCycle.Calendar.of(unit), LocalTimes.parse("start", start));
  }

  /**
   * Windows from one time that a cron expression fires to the next.
   *
   * @param expression the five fields of a crontab
   */
  static TimeWindowPartitionsDefinition cron(String expression, String start) {
    return new TimeWindowPartitionsDefinition(
        new WindowCycle.Cron(expression), LocalTimes.parse("start", start));
  }

  /** Two dimensions or more, by name, none of which has several dimensions itself. */
  static MultiPartitionsDefinition multi(Map<String, ? extends PartitionsDefinition> dimensions) {
    var single = new TreeMap<String, SingleDimensionDefinition>();
    dimensions.forEach(
        (name, definition) -> {
          switch (definition) {
            case SingleDimensionDefinition one -> single.put(name, one);
            case MultiPartitionsDefinition _ ->
                throw Faults.configuration(
                    "dimension "
                        + Faults.quoted(name)
                        + " has several dimensions itself: name them all in one");
          }
        });
    return new MultiPartitionsDefinition(single);
  }
}

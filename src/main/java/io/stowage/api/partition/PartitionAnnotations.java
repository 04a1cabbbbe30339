package io.stowage.api.partition;

import io.stowage.api.StowageException;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Definitions from the annotations of this package, for whoever reads annotations, by whatever
 * means.
 */
public final class PartitionAnnotations {
  private PartitionAnnotations() {}

  /** The annotations that {@link #definition} reads; each makes one dimension. */
  public static List<Class<? extends Annotation>> types() {
    return List.of(
        StaticPartitions.class,
        DynamicPartitions.class,
        HourlyPartitions.class,
        DailyPartitions.class,
        WeeklyPartitions.class,
        MonthlyPartitions.class,
        CronPartitions.class);
  }

  /**
   * The definition that an annotation stands for.
   *
   * @param annotation its simple name: {@code DailyPartitions}
   * @param attributes its members by name: text, whole numbers, and a list or an array of text; one
   *     that is absent has its default
   * @throws StowageException {@code INVALID_CONFIGURATION}, or {@code INVALID_KEY} for a static key
   *     that cannot be
   */
  public static PartitionsDefinition definition(
      String annotation, Map<String, ? extends @Nullable Object> attributes) {
    var members = new DataFields("@" + annotation, attributes);
    return switch (annotation) {
      case "StaticPartitions" ->
          new StaticPartitionsDefinition(
              members.texts("value"),
              DefinitionData.dimension(members, SingleDimensionDefinition.KEY));
      case "DynamicPartitions" ->
          new DynamicPartitionsDefinition(
              members.required("name"),
              DefinitionData.dimension(members, SingleDimensionDefinition.KEY));
      case "HourlyPartitions" -> calendar(WindowCycle.Unit.HOUR, members);
      case "DailyPartitions" -> calendar(WindowCycle.Unit.DAY, members);
      case "WeeklyPartitions" -> calendar(WindowCycle.Unit.WEEK, members);
      case "MonthlyPartitions" -> calendar(WindowCycle.Unit.MONTH, members);
      case "CronPartitions" ->
          DefinitionData.time(new WindowCycle.Cron(members.required("value")), members);
      default -> throw Faults.configuration("@" + annotation + " is no annotation of partitions");
    };
  }

  private static PartitionsDefinition calendar(WindowCycle.Unit unit, DataFields members) {
    return DefinitionData.time(DefinitionData.calendar(unit, members), members);
  }

  /**
   * The definition that several make together; a single one stands for itself.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where there is none, or two dimensions
   *     have one name
   */
  public static PartitionsDefinition compose(Collection<PartitionsDefinition> definitions) {
    var dimensions = new TreeMap<String, PartitionsDefinition>();
    for (var dimension : dimensionsOf(definitions)) {
      if (dimensions.put(dimension.dimension(), dimension) != null) {
        throw Faults.configuration(
            "two dimensions of partitions are named '"
                + dimension.dimension()
                + "': name one of them by 'dimension'");
      }
    }
    return compose(dimensions);
  }

  private static List<SingleDimensionDefinition> dimensionsOf(
      Collection<PartitionsDefinition> definitions) {
    var dimensions = new ArrayList<SingleDimensionDefinition>();
    definitions.forEach(
        definition -> dimensions.addAll(BoundDefinition.dimensions(definition).values()));
    return dimensions;
  }

  /** As {@link #compose(Collection)}, each under the name that it stands under. */
  public static PartitionsDefinition compose(Map<String, PartitionsDefinition> dimensions) {
    if (dimensions.isEmpty()) {
      throw Faults.configuration("there are no partitions to compose");
    }
    if (dimensions.size() > 1) {
      return PartitionsDefinition.multi(dimensions);
    }
    var only = dimensions.entrySet().iterator().next();
    return switch (only.getValue()) {
      case SingleDimensionDefinition single -> single.named(only.getKey());
      case MultiPartitionsDefinition multi -> multi;
    };
  }
}

package io.stowage.catalog;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionMapping;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What annotations can only say as text, read. */
public final class DeclarationText {
  private DeclarationText() {}

  /**
   * Names and values of {@code name=value}; the value of a name alone is empty.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where a name is empty or stands twice
   */
  public static Map<String, String> pairs(String member, Collection<String> texts) {
    var pairs = new LinkedHashMap<String, String>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String name = (equals < 0 ? text : text.substring(0, equals)).strip();
      if (name.isEmpty() || pairs.put(name, equals < 0 ? "" : text.substring(equals + 1)) != null) {
        throw fault(
            member
                + " '"
                + text
                + "' "
                + (name.isEmpty() ? "has no name" : "is given twice")
                + ": write name=value");
      }
    }
    return pairs;
  }

  public static Duration duration(String where, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw fault(where + ": '" + text + "' is no ISO-8601 duration such as PT30S");
    }
  }

  /** The mapping that {@code Input.Mapping} names. */
  public static PartitionMapping mapping(
      String word, int startOffset, int endOffset, List<String> partitions) {
    return switch (word) {
      case "AUTOMATIC" -> new PartitionMapping.Automatic();
      case "IDENTITY" -> new PartitionMapping.Identity();
      case "ALL" -> new PartitionMapping.AllPartitions();
      case "LAST" -> new PartitionMapping.LastPartition();
      case "SPECIFIC" -> new PartitionMapping.SpecificPartitions(partitions);
      case "TIME_WINDOWS" -> new PartitionMapping.TimeWindows(startOffset, endOffset);
      default -> throw fault("there is no partition mapping '" + word + "'");
    };
  }

  private static StowageException fault(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}

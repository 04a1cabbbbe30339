package io.stowage.catalog;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.CustomPartitionMapping;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.api.partition.PartitionMapping.Automatic;
import io.stowage.api.partition.PartitionMapping.DimensionMapping;
import io.stowage.api.partition.PartitionMapping.DimensionToSingle;
import io.stowage.api.partition.PartitionMapping.PerDimension;
import io.stowage.api.partition.PartitionMapping.StaticMapping;
import io.stowage.api.partition.PartitionMapping.TimeWindows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code @Input} says of partitions, as it stands there.
 *
 * @param word of {@code Input.Mapping}
 * @param custom the binary name of the class of {@code customMapping}; empty, or that of the
 *     interface itself, where none is given
 */
public record MappingText(
    String word,
    int startOffset,
    int endOffset,
    List<String> partitions,
    String dimension,
    List<String> dimensions,
    String custom) {
  public MappingText {
    partitions = List.copyOf(partitions);
    dimensions = List.copyOf(dimensions);
    custom = custom.equals(CustomPartitionMapping.class.getName()) ? "" : custom;
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where it says too little, or two things
   *     at once
   */
  public PartitionMapping mapping() {
    if (!custom.isEmpty()) {
      if (!word.equals("AUTOMATIC")) {
        throw fault(
            "partitions are mapped by " + word + " and by " + custom + ": name one of them");
      }
      return new PartitionMapping.Custom(custom);
    }
    return switch (word) {
      case "DIMENSION_TO_SINGLE" -> {
        if (dimension.isEmpty()) {
          throw fault("a mapping of a dimension to a single one names none: say 'dimension'");
        }
        yield new DimensionToSingle(dimension, inner());
      }
      case "PER_DIMENSION" -> new PerDimension(perDimension());
      case "STATIC" -> StaticMapping.of(pairs());
      default -> DeclarationText.mapping(word, startOffset, endOffset, partitions);
    };
  }

  private PartitionMapping inner() {
    return startOffset == 0 && endOffset == 0
        ? new Automatic()
        : new TimeWindows(startOffset, endOffset);
  }

  private Map<String, DimensionMapping> perDimension() {
    var mappings = new LinkedHashMap<String, DimensionMapping>();
    DeclarationText.pairs("dimensions", dimensions)
        .forEach(
            (down, up) ->
                mappings.put(
                    down, new DimensionMapping(up.isEmpty() ? down : up, new Automatic())));
    if (mappings.isEmpty()) {
      throw fault("a mapping by dimension names none: say 'dimensions'");
    }
    return mappings;
  }

  private Map<String, TreeSet<String>> pairs() {
    var pairs = new TreeMap<String, TreeSet<String>>();
    for (String pair : partitions) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw fault("partitions '" + pair + "' are no pair: write the asset's key=the input's key");
      }
      pairs
          .computeIfAbsent(pair.substring(0, equals), _ -> new TreeSet<>())
          .add(pair.substring(equals + 1));
    }
    if (pairs.isEmpty()) {
      throw fault("a static mapping names no pairs: say 'partitions'");
    }
    return pairs;
  }

  private static StowageException fault(String message) {
    return new StowageException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}

package io.stowage.api;

import io.stowage.api.metadata.MetadataValue;
import java.util.List;

/**
 * What changed between a stored schema and that of a type.
 *
 * @param changes field by field; empty where nothing changed that matters to data
 * @param backwardRefusal why what is stored cannot be read as the type, naming the fields; empty
 *     where it can
 * @param forwardRefusal why who reads as the former type could not read what is stored from now on;
 *     empty where he could
 */
public record SchemaDifference(
    List<Change> changes, String backwardRefusal, String forwardRefusal) {
  public static final SchemaDifference NONE = new SchemaDifference(List.of(), "", "");

  public SchemaDifference {
    changes = List.copyOf(changes);
  }

  /**
   * One field.
   *
   * @param field a path, {@code stations[].city}; empty for the value itself
   * @param kind {@code added}, {@code removed}, {@code renamed}, {@code promoted} or {@code
   *     incompatible}
   * @param sentence the change in words
   * @param breaks whether what is stored cannot be read because of it
   */
  public record Change(String field, String kind, String sentence, boolean breaks) {}

  /** Why the policy refuses the change; empty where it does not. */
  public String refusal(SchemaPolicy policy) {
    return switch (policy) {
      case NONE -> "";
      case BACKWARD -> backwardRefusal;
      case FULL -> backwardRefusal.isEmpty() ? forwardRefusal : backwardRefusal;
    };
  }

  /** A table of the fields that changed. */
  public MetadataValue table() {
    return MetadataValue.table(
        List.of("field", "change", "what", "compatible"),
        changes.stream()
            .map(each -> List.<Object>of(each.field, each.kind, each.sentence, !each.breaks))
            .toList());
  }
}

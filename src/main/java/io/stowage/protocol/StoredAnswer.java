package io.stowage.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of an asset, and how to read it.
 *
 * @param definition what the current catalog says of it; null where no queue's catalog has the
 *     asset any more
 * @param materializations those that were asked for and are there, in the order of their
 *     partitions' texts
 */
public record StoredAnswer(
    String asset, @Nullable Definition definition, List<MaterializationView> materializations) {
  /**
   * @param output its name
   * @param stored whether a manager stores the value at all
   * @param metadata constants of the output
   * @param options of the output
   * @param partitions the definition as data; null where there are none
   */
  public record Definition(
      String output,
      String ioManager,
      boolean stored,
      Map<String, String> metadata,
      Map<String, String> options,
      @Nullable Map<String, Object> partitions) {}
}

package io.stowage.control.page;

import io.stowage.protocol.AssetStatus;
import io.stowage.protocol.CheckView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An asset.
 *
 * @param partition that materializations are narrowed to; empty for all
 * @param latest materialization of what is shown; null where there is none
 * @param more where the list goes on; empty at its end
 * @param labels of metadata that are numbers
 * @param type as an author reads it
 */
public record AssetPage(
    AssetStatus status,
    List<String> downstream,
    List<String> dimensions,
    String partition,
    @Nullable ShownMaterialization latest,
    List<ShownMaterialization> history,
    String more,
    ShownSchema schema,
    List<CheckView> checks,
    List<String> labels,
    String type,
    String code,
    String command) {
  public boolean partitioned() {
    return !dimensions.isEmpty();
  }

  /** Whether something may change soon. */
  public boolean moving() {
    return status.running() + status.queued() > 0;
  }

  /** How often to look again, in milliseconds. */
  public int often() {
    return moving() ? 1500 : 10_000;
  }
}

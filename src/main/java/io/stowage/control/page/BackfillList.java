package io.stowage.control.page;

import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Page;
import java.util.List;

/**
 * Backfills, newest first.
 *
 * @param more where the list goes on; empty at its end
 */
public record BackfillList(List<ShownBackfill> backfills, String more, boolean first) {
  static BackfillList of(Page<BackfillView> page, boolean first) {
    return new BackfillList(
        page.items().stream().map(ShownBackfill::new).toList(),
        page.cursor() == null ? "" : page.cursor(),
        first);
  }

  /** How often to look again, in milliseconds. */
  public int often() {
    return !first ? 0 : backfills.stream().anyMatch(ShownBackfill::live) ? 1500 : 5000;
  }
}

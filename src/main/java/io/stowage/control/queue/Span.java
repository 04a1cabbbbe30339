package io.stowage.control.queue;

import io.stowage.control.database.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * From the least to the greatest of some runs' ids, as PostgreSQL sorts them; by it a statement
 * opens only the weeks of history that they lie in.
 */
record Span(UUID least, UUID greatest) {
  // UUID compares its halves as signed numbers
  private static final Comparator<UUID> ORDER = Comparator.comparing(UUID::toString);
  private static final Span NOTHING = new Span(new UUID(-1, -1), new UUID(0, 0));

  static Span of(List<UUID> runs) {
    return runs.isEmpty()
        ? NOTHING
        : new Span(runs.stream().min(ORDER).orElseThrow(), runs.stream().max(ORDER).orElseThrow());
  }

  /** Of runs that were asked for so long before or after. */
  static Span around(Instant time, Duration each) {
    return new Span(Uuids.leastAt(time.minus(each)), Uuids.leastAt(time.plus(each)));
  }
}

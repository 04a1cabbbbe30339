package io.stowage.io.avro.schema;

import java.util.LinkedHashMap;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that were made last, each by what it was made of: the thousand partitions of an asset say
 * the same in each file. Bounded; for any number of threads. Nobody may alter what it gives.
 */
public final class RecentSchemas<K> {
  static final int MOST = 64;

  private final LinkedHashMap<K, Schema> byOrigin = new LinkedHashMap<>(MOST, 0.75f, true);
  private final Function<K, Schema> maker;

  /**
   * @param maker what it throws is thrown, and asked anew the next time
   */
  public RecentSchemas(Function<K, Schema> maker) {
    this.maker = maker;
  }

  public Schema of(K origin) {
    Schema known = known(origin);
    return known == null ? kept(origin, maker.apply(origin)) : known;
  }

  private synchronized @Nullable Schema known(K origin) {
    return byOrigin.get(origin);
  }

  private synchronized Schema kept(K origin, Schema made) {
    Schema first = byOrigin.putIfAbsent(origin, made);
    if (byOrigin.size() > MOST) {
      byOrigin.pollFirstEntry();
    }
    return first == null ? made : first;
  }
}

package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.InputContext;
import io.stowage.io.object.InputShape;
import io.stowage.testing.Storage.Place;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values that a test gave in place of what others would have stored. Immutable. */
record GivenValues(Map<Place, @Nullable Object> values) {
  GivenValues {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A stream is kept as the list of its rows, since it is read more than once. */
  GivenValues with(AssetKey asset, String partition, @Nullable Object value) {
    var more = new LinkedHashMap<>(values);
    more.put(new Place(asset, partition), value instanceof Stream<?> rows ? rows.toList() : value);
    return new GivenValues(more);
  }

  Set<AssetKey> assets() {
    var assets = new LinkedHashSet<AssetKey>();
    values.keySet().forEach(place -> assets.add(place.asset()));
    return assets;
  }

  boolean has(InputContext context) {
    return values.containsKey(place(context));
  }

  @Nullable Object load(InputContext context) {
    return as(context.type(), values.get(place(context)));
  }

  /** The one of the partition, where there is one. */
  private Place place(InputContext context) {
    var whole = new Place(context.asset(), "");
    if (context.partitions().size() != 1) {
      return whole;
    }
    var own = new Place(context.asset(), context.partitions().getFirst().text());
    return values.containsKey(own) ? own : whole;
  }

  /** Rows that were given as a list, where a stream is declared. */
  static @Nullable Object as(Type type, @Nullable Object value) {
    return InputShape.raw(type) == Stream.class && value instanceof Collection<?> rows
        ? rows.stream()
        : value;
  }
}

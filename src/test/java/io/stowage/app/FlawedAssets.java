package io.stowage.app;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.partition.StaticPartitions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of which one cannot be stored. */
@AssetGroup(value = "flawed", queue = "flawed")
class FlawedAssets {
  record Order(int id, String item) {}

  @Asset
  @StaticPartitions({"Basel", "Chur"})
  Stream<Order> orders(AssetContext context) {
    return Stream.of(new Order(1, context.partition().text()), order(2, null));
  }

  @SuppressWarnings("NullAway") // as it comes from code that nobody checks
  private static Order order(int id, @Nullable String item) {
    return new Order(id, item);
  }
}

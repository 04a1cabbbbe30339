package com.example.shop;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.Output;
import io.stowage.api.partition.DailyPartitions;
import java.util.List;
import java.util.stream.IntStream;

/** Three assets, each with a partition for every day. */
@AssetGroup("shop")
class ShopAssets {

  /** The orders of a day. Read them from where yours are; these are made up. */
  @Asset
  @DailyPartitions(start = "2026-01-01")
  List<Order> orders(AssetContext context) {
    int day = context.window().start().atZone(context.window().zone()).getDayOfMonth();
    return IntStream.rangeClosed(1, day).mapToObj(i -> new Order("order-" + i, 10 * i)).toList();
  }

  /** What they add up to. The parameter is named like the asset that it is loaded from. */
  @Asset
  @DailyPartitions(start = "2026-01-01")
  Output<Double> revenue(List<Order> orders) {
    return Output.of(orders.stream().mapToDouble(Order::amount).sum())
        .with("orders", orders.size());
  }

  /** A note of the day, stored by this project's own IO manager. */
  @Asset(ioManager = "notes")
  @DailyPartitions(start = "2026-01-01")
  String note(double revenue, AssetContext context) {
    return "revenue of " + context.partition() + ": " + revenue;
  }
}

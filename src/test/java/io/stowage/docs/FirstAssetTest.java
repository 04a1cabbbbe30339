package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.Input;
import io.stowage.api.Output;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FirstAssetTest {
  // docs: test
  @Test
  void addsUpTheOrdersOfADay() {
    var monday = LocalDate.parse("2026-01-05");
    var result =
        Materialize.assets(ShopAssets.class)
            .input(
                "allOrders",
                List.of(
                    new Order(monday, "Ann", 20),
                    new Order(monday, "Bob", 5),
                    new Order(monday.plusDays(1), "Ann", 7)))
            .partition("2026-01-05")
            .run();
    assertThat(result.value("shop/revenue")).isEqualTo(25.0);
    assertThat(result.metadata("shop/revenue")).containsEntry("orders", new MetadataValue.Int(2));
  }
  // end
}

@Vetoed
// docs: group
@AssetGroup("shop")
class ShopAssets {

  /** The orders of a day, out of the file that has those of all days. */
  @Asset
  @DailyPartitions(start = "2026-01-01")
  Stream<Order> orders(
      @Input(manager = "files", options = "path=orders.csv") Stream<Order> allOrders,
      AssetContext context) {
    LocalDate day = LocalDate.parse(context.partition().text());
    return allOrders.filter(order -> order.day().equals(day));
  }

  /** What they add up to. */
  @Asset
  @DailyPartitions(start = "2026-01-01")
  Output<Double> revenue(List<Order> orders) {
    double sum = orders.stream().mapToDouble(Order::amount).sum();
    return Output.of(sum).with("orders", orders.size());
  }
}

record Order(LocalDate day, String customer, double amount) {}
// end

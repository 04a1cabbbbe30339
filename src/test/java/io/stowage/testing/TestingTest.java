package io.stowage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.Input;
import io.stowage.api.Output;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.DailyPartitions;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example of {@link Materialize}'s own description, to be pasted into a project. */
class TestingTest {
  record Order(String id, double amount) {}

  @Vetoed
  @AssetGroup("shop")
  static class ShopAssets {
    @Asset
    @DailyPartitions(start = "2026-01-01")
    List<Order> orders(@Input(manager = "crm") List<Order> rawOrders) {
      return rawOrders.stream().filter(order -> order.amount() > 0).toList();
    }

    @Asset
    @DailyPartitions(start = "2026-01-01")
    Output<Double> revenue(List<Order> orders) {
      return Output.of(orders.stream().mapToDouble(Order::amount).sum())
          .with("orders", orders.size());
    }
  }

  @Test
  @Tag("C63")
  void addsUpTheOrdersOfADay() {
    var result =
        Materialize.assets(ShopAssets.class)
            .input("rawOrders", List.of(new Order("a", 2), new Order("b", -1)))
            .partition("2026-01-02")
            .run();
    assertThat(result.value("shop/revenue")).isEqualTo(2.0);
    assertThat(result.metadata("shop/revenue")).containsEntry("orders", new MetadataValue.Int(1));
  }
}

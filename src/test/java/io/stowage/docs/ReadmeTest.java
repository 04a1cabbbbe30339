package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.Input;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void theFirstExampleRuns() {
    var result =
        Materialize.assets(Shop.class)
            .input("till", List.of(new Shop.Sale("a", 20), new Shop.Sale("b", -1)))
            .partition("2026-01-05")
            .run()
            .orThrow();
    assertThat(result.value("shop/revenue")).isEqualTo(20.0);
  }
}

@Vetoed
// docs: shop
@AssetGroup("shop")
class Shop {
  record Sale(String id, double amount) {}

  @Asset
  @DailyPartitions(start = "2026-01-01")
  Stream<Sale> sales(@Input(manager = "files") Stream<Sale> till) {
    return till.filter(sale -> sale.amount() > 0);
  }

  @Asset
  @DailyPartitions(start = "2026-01-01")
  double revenue(Stream<Sale> sales) {
    return sales.mapToDouble(Sale::amount).sum();
  }
}
// end

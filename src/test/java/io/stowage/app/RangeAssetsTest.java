package io.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.partition.PartitionKey;
import io.stowage.app.RangeAssets.Reading;
import io.stowage.testing.Materialize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Annotated assets over ranges, in memory. */
class RangeAssetsTest {
  @Test
  @Tag("C43")
  @Tag("C47")
  @Tag("C48")
  void computesARangeOfADefinitionByCode() {
    var result =
        Materialize.assets(RangeAssets.class)
            .select("ranges/raw", "ranges/rows", "ranges/sums")
            .partition("2020-01", "2020-02")
            .run()
            .orThrow();
    assertThat(result.rows("ranges/rows", "2020-02", Reading.class))
        .containsExactly(new Reading("2020-02", 1), new Reading("2020-02", 2));
    assertThat(result.value("ranges/sums", "2020-01", Integer.class)).isEqualTo(3);
    assertThat(result.metadata("ranges/sums", "2020-01")).containsKey("readings");
    assertThat(result.outcomes("ranges/rows"))
        .isEqualTo(Map.of("2020-01", "succeeded", "2020-02", "succeeded"));
  }

  @Test
  @Tag("C44")
  void asksAMappingByCode() {
    var result =
        Materialize.assets(RangeAssets.class)
            .select("ranges/before")
            .partition(PartitionKey.of("2020-02"))
            .input("ranges/raw", "2020-01", List.of(new Reading("2020-01", 1)))
            .run()
            .orThrow();
    assertThat(result.value("ranges/before", Integer.class)).isEqualTo(1);
  }
}

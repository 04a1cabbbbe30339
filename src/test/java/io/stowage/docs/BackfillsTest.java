package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.Partitioned;
import io.stowage.api.partition.BackfillPolicy;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.PartitionKey;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackfillsTest {
  @Test
  void oneCallComputesTheRange() {
    var result =
        Materialize.assets(TrafficAssets.class)
            .select("traffic/daily")
            .partition("2026-01-01", "2026-01-02", "2026-01-03")
            .run()
            .orThrow();
    assertThat(result.values("traffic/daily"))
        .containsOnlyKeys("2026-01-01", "2026-01-02", "2026-01-03");
    assertThat(result.value("traffic/daily", "2026-01-02")).isEqualTo("2 of 3");
  }

  @Test
  void rowsFlowIntoTheirPartitions() {
    var result =
        Materialize.assets(TrafficAssets.class)
            .select("traffic/calls")
            .partition("2026-01-01", "2026-01-02")
            .run()
            .orThrow();
    assertThat(result.rows("traffic/calls", "2026-01-02", Integer.class))
        .isEqualTo(List.of(0, 1, 2));
  }
}

@Vetoed
@AssetGroup("traffic")
class TrafficAssets {
  // docs: map
  /** One query for all days of the run, then a value for each. */
  @Asset
  @DailyPartitions(start = "2026-01-01")
  @BackfillPolicy(BackfillPolicy.Type.SINGLE_RUN)
  Map<String, String> daily(AssetContext context) {
    var days = new TreeMap<String, String>();
    List<PartitionKey> keys = context.partitions();
    for (PartitionKey day : keys) {
      days.put(day.text(), (keys.indexOf(day) + 1) + " of " + keys.size());
    }
    return days;
  }

  // end

  // docs: rows
  /** Up to thirty days at once; a day is stored as soon as a row of the next one comes. */
  @Asset
  @DailyPartitions(start = "2026-01-01")
  @BackfillPolicy(value = BackfillPolicy.Type.MULTI_RUN, maxPartitionsPerRun = 30)
  Stream<Partitioned<Integer>> calls(AssetContext context) {
    return context.partitions().stream()
        .flatMap(day -> IntStream.range(0, 3).mapToObj(call -> Partitioned.of(day, call)));
  }
  // end
}

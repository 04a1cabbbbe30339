package io.stowage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Plans of a hundred thousand partitions: what is done for each does not grow with their number.
 */
@Timeout(30)
class LargeBackfillTest {
  private static final int MANY = 100_000;
  private final List<String> towns = IntStream.range(0, MANY).mapToObj(i -> "t" + i).toList();

  @Test
  void ofDynamicPartitions() {
    assertThat(steps(PartitionsDefinition.dynamic("towns"))).isEqualTo(2 * MANY + 1);
  }

  @Test
  void ofStaticPartitions() {
    assertThat(steps(PartitionsDefinition.ofStatic(towns.toArray(String[]::new))))
        .isEqualTo(2 * MANY + 1);
  }

  private int steps(PartitionsDefinition definition) {
    var assets = new Declarations();
    assets.asset("a").partitioned(definition);
    assets.asset("b").partitioned(definition).input("a", Long.class);
    assets.asset("c").input("b", Map.class, String.class, Long.class);
    var request =
        new RunRequest(
            "backfill",
            "backfill",
            List.of(AssetKey.of("a"), AssetKey.of("b"), AssetKey.of("c")),
            towns,
            Map.of(),
            Map.of());
    var steps = new AtomicInteger();
    RunPlan.eachOfBackfill(
        request,
        assets.graph(),
        PartitionContext.at(Instant.EPOCH).withDynamicKeys(_ -> towns),
        _ -> steps.incrementAndGet());
    return steps.get();
  }
}

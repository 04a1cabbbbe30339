package io.stowage.control.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionContext;
import io.stowage.fixture.Declarations;
import io.stowage.plan.RunPlan;
import io.stowage.plan.RunRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BackfillPlanTest {
  @Test
  @Tag("C66")
  void makesNoItemsOfChecksWhichRunWithTheirAssets() {
    var assets = new Declarations();
    assets.asset("a");
    assets.check("a", "first", true).value(Long.class);
    assets.asset("b").input("a", Long.class);
    assets.check("b", "second", true).value(Long.class);
    assets.asset("c").input("b", Long.class).input("a", Long.class);
    var request =
        new RunRequest(
            "backfill",
            "backfill",
            List.of(AssetKey.of("a"), AssetKey.of("b"), AssetKey.of("c")),
            List.of(),
            Map.of(),
            Map.of());
    var plan =
        BackfillPlan.of(RunPlan.of(request, assets.graph(), PartitionContext.at(Instant.EPOCH)));
    assertThat(plan.items()).extracting(BackfillPlan.Item::step).containsExactly("a", "b", "c");
    assertThat(plan.edges()).containsExactly(new int[] {1, 0}, new int[] {2, 0}, new int[] {2, 1});
  }
}

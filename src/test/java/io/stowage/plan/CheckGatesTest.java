package io.stowage.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where checks stand in a plan, and who waits for them. */
@Tag("C66")
class CheckGatesTest {
  private static final PartitionsDefinition MONTHS =
      PartitionsDefinition.monthly("2012-01").until("2016-01");
  private static final PartitionsDefinition MONTH_BY_CITY =
      PartitionsDefinition.multi(
          Map.of("date", MONTHS, "city", PartitionsDefinition.ofStatic("Seattle", "New York")));

  private final Declarations assets = new Declarations();

  private List<String> plan(List<String> partitions, String... keys) {
    var request =
        new RunRequest(
            "r",
            "assets",
            Stream.of(keys).map(AssetKey::of).toList(),
            partitions,
            Map.of(),
            Map.of());
    var plan =
        RunPlan.of(
            request, assets.graph(), PartitionContext.at(Instant.parse("2016-06-01T00:00:00Z")));
    return plan.steps().stream()
        .map(
            step ->
                step + " after " + step.after().stream().sorted().map(plan.steps()::get).toList())
        .toList();
  }

  @Test
  void stayAwayWithTheirAsset() {
    assets.asset("a");
    assets.check("a", "rows", true).value(Long.class);
    assets.asset("b").input("a", Long.class);
    assertThat(plan(List.of(), "b")).containsExactly("b after []");
  }

  @Test
  void areWaitedForOnlyWhereTheyBlock() {
    assets.asset("a");
    assets.check("a", "gate", true).value(Long.class);
    assets.check("a", "look", false).value(Long.class);
    assets.asset("b").input("a", Long.class);
    assertThat(plan(List.of(), "a", "b"))
        .containsExactlyInAnyOrder(
            "a after []", "a:gate after [a]", "a:look after [a]", "b after [a, a:gate]");
  }

  @Test
  void belongToAPartitionWhichAMappingNames() {
    assets.asset("days").partitioned(MONTH_BY_CITY);
    assets.check("days", "gate", true).value(Long.class);
    assets.asset("month").partitioned(MONTHS).input("days", Map.class, String.class, Long.class);
    assertThat(plan(List.of("2012-03"), "days", "month"))
        .contains(
            "days:gate[Seattle|2012-03] after [days[Seattle|2012-03]]",
            "days:gate[New York|2012-03] after [days[New York|2012-03]]")
        .hasSize(5)
        .last()
        .asString()
        .startsWith("month[2012-03] after [")
        .contains("days:gate[Seattle|2012-03]", "days:gate[New York|2012-03]");
  }

  @Test
  void selectNoPartitionsOfWhatTheyLookAtBeside() {
    assets.asset("days").partitioned(MONTHS);
    assets.asset("total");
    assets
        .check("total", "sum", false)
        .value(Long.class)
        .input("days", Map.class, String.class, Long.class);
    assertThat(plan(List.of("2012-03"), "days", "total"))
        .contains("days[2012-03] after []", "total:sum after [days[2012-03], total]");
  }
}

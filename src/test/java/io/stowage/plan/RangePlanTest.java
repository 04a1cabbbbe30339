package io.stowage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AssetKey;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RangePlanTest {
  private static final PartitionsDefinition MONTHS =
      PartitionsDefinition.monthly("2012-01").until("2016-01");
  private static final PartitionsDefinition CITIES =
      PartitionsDefinition.ofStatic("Seattle", "New York");
  private static final PartitionsDefinition CITY_BY_MONTH =
      PartitionsDefinition.multi(Map.of("date", MONTHS, "city", CITIES));

  private final Declarations assets = new Declarations();
  private final PartitionContext context =
      PartitionContext.at(Instant.parse("2016-06-01T00:00:00Z"));

  private static RunRequest request(List<String> partitions, String... keys) {
    return new RunRequest(
        "r", "assets", Stream.of(keys).map(AssetKey::of).toList(), partitions, Map.of(), Map.of());
  }

  private RunPlan run(List<String> partitions, String... keys) {
    return RunPlan.of(request(partitions, keys), assets.graph(), context);
  }

  private RunPlan backfill(List<String> partitions, String... keys) {
    return RunPlan.ofBackfill(request(partitions, keys), assets.graph(), context);
  }

  private static List<String> steps(RunPlan plan) {
    return plan.steps().stream().map(PlannedStep::toString).toList();
  }

  private static List<String> texts(PlannedStep step) {
    return step.partitionTexts();
  }

  @Test
  @Tag("C47")
  void computesThePartitionsOfARunByOneCallHoweverMany() {
    assets.asset("a").partitioned(MONTHS).perRun(2);
    assertThat(steps(run(List.of("2012-03", "2012-01", "2012-02", "2012-05"), "a")))
        .containsExactly("a[2012-01…2012-05]");
  }

  @Test
  @Tag("C47")
  void makesARunForEachPartitionWhereNothingIsSaid() {
    assets.asset("a").partitioned(MONTHS);
    assertThat(steps(backfill(List.of("2012-01", "2012-02"), "a")))
        .containsExactly("a[2012-01]", "a[2012-02]");
  }

  @Test
  @Tag("C47")
  void makesGroupsOfSoMany() {
    assets.asset("a").partitioned(MONTHS).perRun(2);
    assertThat(steps(backfill(List.of("2012-05", "2012-04", "2012-03", "2012-02", "2012-01"), "a")))
        .containsExactly("a[2012-01…2012-02]", "a[2012-03…2012-04]", "a[2012-05]");
  }

  @Test
  @Tag("C47")
  void makesASingleRunOfARange() {
    assets.asset("a").partitioned(MONTHS).perRun(Integer.MAX_VALUE);
    assertThat(steps(backfill(List.of("2012-02", "2012-01", "2012-03"), "a")))
        .containsExactly("a[2012-01…2012-03]");
  }

  @Test
  @Tag("C47")
  void splitsARunWhereAPartitionIsLeftOut() {
    assets.asset("a").partitioned(MONTHS).perRun(Integer.MAX_VALUE);
    assertThat(steps(backfill(List.of("2012-01", "2012-02", "2012-04", "2012-05"), "a")))
        .containsExactly("a[2012-01…2012-02]", "a[2012-04…2012-05]");
  }

  @Test
  @Tag("C47")
  @DisplayName("a range in each of several dimensions is a single run")
  void makesASingleRunOfSeveralDimensions() {
    assets.asset("a").partitioned(CITY_BY_MONTH).perRun(Integer.MAX_VALUE);
    var plan =
        backfill(
            List.of("New York|2012-02", "Seattle|2012-02", "Seattle|2012-01", "New York|2012-01"),
            "a");
    assertThat(plan.steps())
        .singleElement()
        .satisfies(
            step ->
                assertThat(texts(step))
                    .containsExactly(
                        "Seattle|2012-01",
                        "Seattle|2012-02",
                        "New York|2012-01",
                        "New York|2012-02"));
  }

  @Test
  @Tag("C47")
  void splitsSeveralDimensionsInKeyOrder() {
    assets.asset("a").partitioned(CITY_BY_MONTH).perRun(Integer.MAX_VALUE);
    assertThat(
            steps(backfill(List.of("Seattle|2015-11", "Seattle|2015-12", "New York|2012-01"), "a")))
        .containsExactly("a[Seattle|2015-11…New York|2012-01]");
    assertThat(
            steps(backfill(List.of("Seattle|2012-01", "Seattle|2012-02", "New York|2012-01"), "a")))
        .containsExactly("a[Seattle|2012-01…Seattle|2012-02]", "a[New York|2012-01]");
  }

  @Test
  @Tag("C47")
  void putsEachGroupAfterThoseItNeeds() {
    assets.asset("up").partitioned(MONTHS).perRun(3);
    assets
        .asset("down")
        .partitioned(MONTHS)
        .perRun(2)
        .input("up", Map.class, String.class, Long.class);
    var plan = backfill(List.of("2012-01", "2012-02", "2012-03", "2012-04"), "up", "down");
    assertThat(steps(plan))
        .containsExactly(
            "up[2012-01…2012-03]", "up[2012-04]", "down[2012-01…2012-02]", "down[2012-03…2012-04]");
    assertThat(plan.steps().get(2).after()).containsExactly(0);
    assertThat(plan.steps().get(3).after()).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  @Tag("C47")
  void mapsTheInputsOfTheWholeRange() {
    assets.asset("days").partitioned(PartitionsDefinition.daily("2012-01-01").until("2016-01-01"));
    assets.asset("a").partitioned(MONTHS).perRun(9).input("days", List.class, Long.class);
    var input = run(List.of("2012-01", "2012-02"), "a").steps().getFirst().inputs().getFirst();
    assertThat(input.partitions()).hasSize(31 + 29);
    assertThat(input.several()).isTrue();
  }

  @Test
  @Tag("C47")
  void narrowsAStepToWhatIsLeft() {
    assets.asset("up").partitioned(MONTHS);
    assets
        .asset("a")
        .partitioned(MONTHS)
        .perRun(9)
        .input("up", Map.class, String.class, Long.class);
    var plan = run(List.of("2012-01", "2012-02"), "a");
    var step = plan.steps().getFirst();
    var left = plan.narrowed(step, step.partitions().subList(1, 2));
    assertThat(left).hasToString("a[2012-02]");
    assertThat(left.inputs().getFirst().partitions()).hasToString("[2012-02]");
    assertThat(left.inputs().getFirst().several()).isTrue();
  }

  @Test
  @Tag("C47")
  void refusesAPolicyWithoutPartitions() {
    assets.asset("a").perRun(2);
    assertThatThrownBy(assets::graph)
        .isInstanceOf(StowageException.class)
        .hasMessageStartingWith("Assets.a has a backfill policy, but no partitions");
  }

  @Test
  @Tag("C44")
  void refusesAMappingThatCannotBeWhereTheGraphIsMade() {
    assets.asset("up").partitioned(CITIES);
    assets
        .asset("a")
        .partitioned(MONTHS)
        .input(
            "up",
            Declarations.type(Long.class),
            given -> given.mapped(new PartitionMapping.TimeWindows(-1, 0)));
    assertThatThrownBy(assets::graph).hasMessageStartingWith("parameter 'up' of Assets.a: ");
  }

  @Test
  @Tag("C44")
  @DisplayName("where no code may be run, all upstream partitions go before a custom mapping's")
  void putsAllPartitionsBeforeAnOpaqueMapping() {
    assets.asset("up").partitioned(CITIES);
    custom();
    var plan = backfill(List.of("2012-01", "Seattle", "New York"), "up", "a");
    assertThat(steps(plan)).containsExactly("up[Seattle]", "up[New York]", "a[2012-01]");
    assertThat(plan.steps().getLast().after()).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  @Tag("C44")
  void refusesABackfillWhosePartitionsOnlyACustomMappingKnows() {
    assets.asset("up").partitioned(CITIES);
    custom();
    assertThatThrownBy(() -> backfill(List.of("2012-01"), "up", "a"))
        .hasMessageContaining("the partitions of asset 'up' follow from a custom mapping");
    assertThat(steps(run(List.of("2012-01"), "up", "a"))).containsExactly("a[2012-01]");
  }

  private void custom() {
    assets
        .asset("a")
        .partitioned(MONTHS)
        .input(
            "up",
            Declarations.type(Map.class, String.class, Long.class),
            given -> given.mapped(new PartitionMapping.Custom("mine")));
  }

  @Test
  @Tag("C50")
  void admitsTheKeysOfTheDay() {
    assets.asset("a").partitioned(PartitionsDefinition.daily("2016-05-30"));
    assertThat(steps(run(List.of("2016-05-31"), "a"))).hasSize(1);
    assertThatThrownBy(() -> run(List.of("2016-06-01"), "a")).hasMessageContaining("'2016-06-01'");
    var tomorrow = PartitionContext.at(Instant.parse("2016-06-02T00:00:00Z"));
    assertThat(RunPlan.of(request(List.of("2016-06-01"), "a"), assets.graph(), tomorrow).steps())
        .hasSize(1);
  }
}

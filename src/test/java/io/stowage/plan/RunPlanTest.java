package io.stowage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunPlanTest {
  private static final PartitionsDefinition MONTHS =
      PartitionsDefinition.monthly("2012-01").until("2016-01");
  private static final PartitionsDefinition CITIES =
      PartitionsDefinition.ofStatic("Seattle", "New York");
  private static final PartitionsDefinition MONTH_BY_CITY =
      PartitionsDefinition.multi(Map.of("date", MONTHS, "city", CITIES));

  private final Declarations assets = new Declarations();

  private RunPlan plan(List<String> partitions, String... keys) {
    var request =
        new RunRequest(
            "r",
            "assets",
            Stream.of(keys).map(AssetKey::of).toList(),
            partitions,
            Map.of(),
            Map.of());
    return RunPlan.of(
        request, assets.graph(), PartitionContext.at(Instant.parse("2016-06-01T00:00:00Z")));
  }

  private static List<String> steps(RunPlan plan) {
    return plan.steps().stream().map(PlannedStep::toString).toList();
  }

  private void weather() {
    assets.asset("monthly").input("observations", List.class, Long.class).partitioned(MONTHS);
    assets.asset("observations").returning(List.class, Long.class).partitioned(MONTH_BY_CITY);
    assets.asset("report").input("monthly", List.class, Long.class);
  }

  @Test
  void putsEachStepAfterThoseItNeeds() {
    assets.asset("c").input("b", Long.class).input("a", Long.class);
    assets.asset("b").input("a", Long.class);
    assets.asset("a");
    RunPlan plan = plan(List.of(), "c", "b", "a");
    assertThat(steps(plan)).containsExactly("a", "b", "c");
    assertThat(plan.steps())
        .extracting(PlannedStep::after)
        .containsExactly(java.util.Set.of(), java.util.Set.of(0), java.util.Set.of(0, 1));
  }

  @Test
  @DisplayName("C36 leaves out what is not selected, and does not wait for it")
  void leavesOutWhatIsNotSelected() {
    assets.asset("c").input("b", Long.class);
    assets.asset("b").input("a", Long.class);
    assets.asset("a");
    RunPlan plan = plan(List.of(), "c", "a");
    assertThat(steps(plan)).containsExactly("a", "c");
    assertThat(plan.steps().getLast().after()).isEmpty();
  }

  @Test
  void takesAMultiAssetOnce() {
    assets
        .multi("both")
        .output("left", "left", Declarations.type(Long.class))
        .output("right", "right", Declarations.type(Long.class));
    assertThat(steps(plan(List.of(), "left", "right"))).containsExactly("both");
  }

  @Test
  @DisplayName("C23 waits for assets named only for the order")
  void waitsForAssetsNamedForTheOrder() {
    assets.asset("late").after("early");
    assets.asset("early");
    assertThat(plan(List.of(), "late", "early").steps().getLast().after()).containsExactly(0);
  }

  @Test
  @DisplayName("C44 plans the upstream partitions that the requested one is mapped to")
  void plansMappedPartitionsOfTheUpstream() {
    weather();
    RunPlan plan = plan(List.of("2012-03"), "observations", "monthly");
    assertThat(steps(plan))
        .containsExactly(
            "observations[Seattle|2012-03]", "observations[New York|2012-03]", "monthly[2012-03]");
    assertThat(plan.steps().getLast().after()).containsExactlyInAnyOrder(0, 1);
    assertThat(plan.steps().getLast().inputs().getFirst().several()).isTrue();
  }

  @Test
  void waitsOnlyForThePartitionsThatAStepIsMappedTo() {
    weather();
    RunPlan plan = plan(List.of("2012-03", "2012-04"), "observations", "monthly");
    assertThat(plan.steps().getLast()).hasToString("monthly[2012-04]");
    assertThat(
            plan.steps().getLast().after().stream()
                .map(place -> plan.steps().get(place).partitionText()))
        .containsExactlyInAnyOrder("New York|2012-04", "Seattle|2012-04");
  }

  @Test
  void readsAllPartitionsInAnAssetWithout() {
    weather();
    RunPlan plan = plan(List.of("2012-03"), "monthly", "report");
    assertThat(steps(plan)).containsExactly("monthly[2012-03]", "report");
    assertThat(plan.steps().getLast().inputs().getFirst().partitions()).hasSize(48);
    assertThat(plan.steps().getLast().after()).containsExactly(0);
  }

  @Test
  void takesTheSameKeyBetweenAssetsOfOneDefinition() {
    assets.asset("b").input("a", Long.class).partitioned(MONTHS);
    assets.asset("a").partitioned(MONTHS);
    RunPlan plan = plan(List.of("2012-03"), "a", "b");
    assertThat(steps(plan)).containsExactly("a[2012-03]", "b[2012-03]");
    assertThat(plan.steps().getLast().inputs().getFirst().partitions())
        .containsExactly(PartitionKey.of("2012-03"));
    assertThat(plan.steps().getLast().inputs().getFirst().several()).isFalse();
  }

  @Test
  @DisplayName(
      "C45 a mapping that can name several partitions does so at the edge, too, where it names one")
  void aMappingOfSeveralIsOfSeveralWhereItNamesOne() {
    assets.asset("a").partitioned(MONTHS);
    assets
        .asset("b")
        .partitioned(MONTHS)
        .input(
            "a",
            Declarations.type(Map.class, String.class, Long.class),
            given -> given.mapped(new PartitionMapping.TimeWindows(-2, 0)).allowingMissing());
    var first = plan(List.of("2012-01"), "b").steps().getFirst().inputs().getFirst();
    assertThat(first.partitions()).containsExactly(PartitionKey.of("2012-01"));
    assertThat(first.several()).isTrue();
  }

  @Test
  @DisplayName(
      "C50 refuses partitions outside of the definition, all of them at once, naming asset and partition")
  void refusesUnknownPartitions() {
    weather();
    assertThatThrownBy(() -> plan(List.of("2012-03", "2011-12", "March"), "monthly"))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("asset 'monthly'")
        .hasMessageContaining("'2011-12'")
        .hasMessageContaining("'March'")
        .extracting(e -> ((StowageException) e).code())
        .isEqualTo(ErrorCode.UNKNOWN_PARTITION);
  }

  @Test
  void doesNotTakeAllPartitionsInPlaceOfOneThatIsUnknown() {
    weather();
    assertThatThrownBy(() -> plan(List.of("2099-01"), "monthly", "report"))
        .hasMessageContaining("'2099-01'");
  }

  @Test
  void asksForAPartitionWhereNoneIsNamed() {
    weather();
    assertThatThrownBy(() -> plan(List.of(), "monthly"))
        .hasMessage("asset 'monthly' has partitions: name one");
  }

  @Test
  void refusesAPartitionWhereNoAssetHasAny() {
    assets.asset("a");
    assertThatThrownBy(() -> plan(List.of("2012-03"), "a"))
        .hasMessage("none of [a] has partitions: leave '2012-03' out");
  }

  @Test
  void refusesAssetsThatNobodyComputes() {
    assets.asset("a");
    assertThatThrownBy(() -> plan(List.of(), "a", "x/y", "z"))
        .hasMessageContaining("'x/y'")
        .hasMessageContaining("'z'")
        .extracting(e -> ((StowageException) e).code())
        .isEqualTo(ErrorCode.UNKNOWN_ASSET);
  }
}

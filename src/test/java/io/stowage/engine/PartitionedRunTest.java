package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetContext;
import io.stowage.api.StepContext;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Workbench;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PartitionedRunTest {
  private static final PartitionsDefinition MONTHS =
      PartitionsDefinition.monthly("2012-01").until("2016-01");
  private static final PartitionsDefinition MONTH_BY_CITY =
      PartitionsDefinition.multi(
          Map.of("date", MONTHS, "city", PartitionsDefinition.ofStatic("Seattle", "New York")));

  private final Workbench bench = new Workbench();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  private static AssetContext context(
      @org.jspecify.annotations.Nullable Object[] given, int position) {
    return (AssetContext) Objects.requireNonNull(given[position]);
  }

  private void see(String where, StepContext context) {
    seen.add(where + " " + context.partition().text() + " " + context.window());
  }

  @Test
  @DisplayName("C41 body, store and load have the partition and its window")
  void givesThePartitionEverywhere() {
    bench
        .recording("lake")
        .onStore((context, _) -> see("store", context))
        .onLoad(context -> see("load", context));
    bench
        .asset("a")
        .storedBy("lake")
        .partitioned(MONTHS)
        .context()
        .computed(
            given -> {
              see("body", context(given, 0));
              return 1L;
            });
    bench.asset("b").partitioned(MONTHS).input("a", Long.class);
    bench.runPartitions(List.of("2012-03"), "a", "b");
    String march = " 2012-03 2012-03-01T00:00Z/2012-04-01T00:00Z";
    assertThat(seen).containsExactly("body" + march, "store" + march, "load" + march);
    assertThat(bench.ledger().commits())
        .extracting(StepCommit::partition)
        .containsExactly("2012-03", "2012-03");
  }

  @Test
  @DisplayName("C41 without partitions, asking for one fails saying so")
  void refusesThePartitionOfAnAssetWithout() {
    bench.asset("a").context().computed(given -> context(given, 0).partition().text());
    assertThat(failure(bench.run("a")).message())
        .isEqualTo("compute 'a': asset 'a' has no partitions");
    bench.asset("b").context().computed(given -> context(given, 0).window().toString());
    assertThat(failure(bench.run("b")).message())
        .isEqualTo("compute 'b': asset 'b' has no partitions, so no window of time");
  }

  @Test
  @DisplayName(
      "C45 the partitions that a month is mapped to are read together, and computed before it")
  void readsTheMappedPartitions() {
    bench
        .asset("observations")
        .returning(List.class, String.class)
        .partitioned(MONTH_BY_CITY)
        .context()
        .computed(given -> List.of(context(given, 0).partition().text()));
    bench
        .asset("monthly")
        .returning(List.class, String.class)
        .partitioned(MONTHS)
        .input("observations", List.class, String.class)
        .computed(
            given -> {
              seen.addAll(
                  ((List<?>) Objects.requireNonNull(given[0]))
                      .stream().map(Object::toString).toList());
              return given[0];
            });
    var result = bench.runPartitions(List.of("2012-03"), "observations", "monthly");
    assertThat(result.counts()).containsExactly(Map.entry("succeeded", 3));
    assertThat(seen).containsExactly("Seattle|2012-03", "New York|2012-03");
  }

  @Test
  @DisplayName("C35 partitions that an earlier attempt committed are not executed again")
  void repeatsOnlyTheOtherPartitions() {
    bench
        .asset("a")
        .partitioned(MONTHS)
        .context()
        .computed(
            given -> {
              seen.add(context(given, 0).partition().text());
              return 1L;
            });
    bench.runPartitions(List.of("2012-03"), "a");
    seen.clear();
    bench
        .again(bench.committed("a", "result", "a", "2012-03"))
        .runPartitions(List.of("2012-03", "2012-04"), "a");
    assertThat(seen).containsExactly("2012-04");
  }

  @Test
  @DisplayName("C39 a partition that failed skips only what needs it")
  void skipsOnlyThePartitionThatNeedsIt() {
    bench
        .asset("a")
        .partitioned(MONTHS)
        .context()
        .computed(
            given -> {
              if (context(given, 0).partition().text().equals("2012-03")) {
                throw new IllegalStateException("no");
              }
              return 1L;
            });
    bench.asset("b").partitioned(MONTHS).input("a", Long.class);
    var result = bench.runPartitions(List.of("2012-03", "2012-04"), "a", "b");
    assertThat(result.counts())
        .containsOnly(Map.entry("failed", 1), Map.entry("skipped", 1), Map.entry("succeeded", 2));
  }
}

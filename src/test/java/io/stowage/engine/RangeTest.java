package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetContext;
import io.stowage.api.ErrorCode;
import io.stowage.api.MaterializeResult;
import io.stowage.api.Output;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RangeTest extends RangeBench {
  @Test
  @Tag("C47")
  @Tag("C48")
  @DisplayName(
      "a range is computed by one call, and each partition stored and committed for itself")
  void computesARangeByOneCall() {
    var lake = bench.recording("lake");
    var windows = new ArrayList<String>();
    ranged(
            "a",
            context -> {
              windows.add(context.window().toString());
              return values(context);
            })
        .storedBy("lake");
    var result = bench.runPartitions(List.of("2012-03", "2012-01", "2012-02"), "a");
    assertThat(result.succeeded()).isTrue();
    assertThat(result.steps())
        .singleElement()
        .extracting(RunResult.Ended::step)
        .hasToString("a[2012-01…2012-03]");
    assertThat(calls).containsExactly("a[2012-01, 2012-02, 2012-03]");
    assertThat(windows).containsExactly("2012-01-01T00:00Z/2012-04-01T00:00Z");
    assertThat(lake.stores())
        .extracting(context -> context.partition().text())
        .containsExactlyElementsOf(QUARTER);
    assertThat(lake.stores().getFirst().window())
        .hasToString("2012-01-01T00:00Z/2012-02-01T00:00Z");
    assertThat(lake.stores().getFirst().type()).isEqualTo(Long.class);
    assertThat(committed()).containsExactly("a[2012-01]", "a[2012-02]", "a[2012-03]");
    assertThat(bench.ledger().current("a", "2012-02").object()).isNotNull();
  }

  @Test
  @Tag("C47")
  void returnsAMapAlsoForASinglePartition() {
    ranged("a", RangeTest::values);
    bench.asset("b").partitioned(MONTHS).input("a", Long.class).computed(given -> given[0]);
    assertThat(bench.runPartitions(List.of("2012-02"), "a", "b").succeeded()).isTrue();
    assertThat(committed()).containsExactly("a[2012-02]", "b[2012-02]");
  }

  @Test
  @Tag("C47")
  void asksForTheRangeWhereOnePartitionIsAskedFor() {
    ranged("a", context -> context.partition().text());
    assertThat(failure(bench.runPartitions(QUARTER, "a")).message())
        .isEqualTo(
            "compute 'a[2012-01…2012-03]': asset 'a' spans 3 partitions: ask for partitions()");
  }

  @Test
  @Tag("C47")
  void hasNoWindowAcrossAGap() {
    ranged("a", context -> context.window().toString());
    assertThat(failure(bench.runPartitions(List.of("2012-01", "2012-03"), "a")).message())
        .contains("gap between 2012-01-01T00:00Z/2012-02-01T00:00Z and 2012-03-01T00:00Z");
  }

  @Test
  @Tag("C47")
  @DisplayName(
      "inputs are loaded for the whole range; each commit says what its own partition read")
  void loadsInputsForTheWholeRange() {
    bench
        .asset("up")
        .partitioned(MONTHS)
        .context()
        .computed(given -> (long) texts((AssetContext) Objects.requireNonNull(given[0])).size());
    var seen = new ArrayList<Object>();
    bench
        .asset("a")
        .partitioned(MONTHS)
        .perRun(10)
        .input("up", Map.class, String.class, Long.class)
        .computed(
            given -> {
              seen.add(Objects.requireNonNull(given[0]));
              return Objects.requireNonNull(given[0]);
            });
    assertThat(bench.runPartitions(QUARTER, "up", "a").succeeded()).isTrue();
    assertThat(seen).containsExactly(Map.of("2012-01", 1L, "2012-02", 1L, "2012-03", 1L));
    assertThat(bench.ledger().commits().subList(3, 6))
        .allSatisfy(
            commit ->
                assertThat(commit.read())
                    .singleElement()
                    .extracting(LoadedInput::partition)
                    .isEqualTo(commit.partition()));
  }

  @Test
  @Tag("C27")
  @Tag("C47")
  void loadsAnExternalInputForTheWholeRange() {
    var source = bench.recording("source");
    var seen = new ArrayList<String>();
    source.onLoad(
        context -> {
          seen.add(context.partitions() + " " + context.byPartition() + " " + context.window());
          throw new IllegalStateException("seen");
        });
    bench
        .asset("a")
        .partitioned(MONTHS)
        .perRun(9)
        .input(
            "outside",
            Declarations.type(Map.class, String.class, Long.class),
            given -> given.by("source"));
    bench.runPartitions(QUARTER, "a");
    assertThat(seen)
        .containsExactly("[2012-01, 2012-02, 2012-03] true 2012-01-01T00:00Z/2012-04-01T00:00Z");
  }

  @Test
  @Tag("C47")
  void concatenatesInputsOfARange() {
    bench
        .asset("up")
        .returning(List.class, String.class)
        .partitioned(MONTHS)
        .context()
        .computed(given -> texts((AssetContext) Objects.requireNonNull(given[0])));
    bench
        .asset("a")
        .partitioned(MONTHS)
        .perRun(10)
        .input("up", List.class, String.class)
        .computed(
            given -> {
              calls.add(String.valueOf(given[0]));
              return Map.of("2012-01", 1L, "2012-02", 2L);
            });
    assertThat(bench.runPartitions(QUARTER.subList(0, 2), "up", "a").succeeded()).isTrue();
    assertThat(calls).containsExactly("[2012-01, 2012-02]");
  }

  @Test
  @Tag("C48")
  void namesThePartitionsThatAreMissingAndKeepsTheOthers() {
    ranged("a", _ -> Map.of("2012-02", 2L));
    var failure = failure(bench.runPartitions(QUARTER, "a"));
    assertThat(failure.message())
        .isEqualTo(
            "store output 'result' of 'a[2012-01…2012-03]': partition '2012-01', '2012-03' of 'a' was not returned; the others are stored");
    assertThat(failure.code()).isEqualTo(ErrorCode.ASSET_FAILED);
    assertThat(committed()).containsExactly("a[2012-02]");
  }

  @Test
  @Tag("C48")
  void refusesAPartitionThatWasNotAskedForBeforeAnythingIsStored() {
    ranged("a", _ -> Map.of("2012-01", 1L, "2012-02", 2L, "2012-03", 3L, "March", 4L));
    assertThat(failure(bench.runPartitions(QUARTER, "a")).message())
        .contains("partition 'March' of 'a' was returned, but not asked for");
    assertThat(committed()).isEmpty();
  }

  @Test
  @Tag("C48")
  void refusesWhatIsNoMap() {
    ranged("a", _ -> 1L);
    assertThat(failure(bench.runPartitions(QUARTER, "a")))
        .satisfies(
            failed -> {
              assertThat(failed.code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
              assertThat(failed.message()).contains("not as a java.lang.Long");
            });
  }

  @Test
  @Tag("C48")
  void refusesANullValueNamingThePartition() {
    ranged(
        "a",
        _ -> {
          var values = new LinkedHashMap<String, @Nullable Long>();
          QUARTER.forEach(month -> values.put(month, null));
          return values;
        });
    assertThat(failure(bench.runPartitions(QUARTER, "a")).message())
        .startsWith("store output 'result' of 'a[2012-01]': output 'result' is a Long, but null");
  }

  @Test
  @Tag("C24")
  @Tag("C48")
  void goesWithoutAPartitionThatIsOptional() {
    ranged(
            "a",
            context ->
                context.partitions().size() == 3
                    ? Map.of("2012-01", Optional.of(1L), "2012-02", Optional.empty())
                    : Map.of())
        .output("result", "a", Declarations.type(Optional.class, Long.class));
    bench.asset("b").partitioned(MONTHS).input("a", Long.class);
    var result = bench.runPartitions(QUARTER, "a", "b");
    assertThat(result.succeeded()).isTrue();
    assertThat(committed()).containsExactly("a[2012-01]", "b[2012-01]");
    assertThat(result.counts()).containsEntry("skipped", 2);
  }

  @Test
  @Tag("C13")
  @Tag("C47")
  void givesEachPartitionItsMetadata() {
    ranged(
        "a",
        context -> {
          context.addOutputMetadata("source", "station");
          return Output.of(
                  Map.of(
                      "2012-01", Output.of(1L).with("quality", "good"),
                      "2012-02", Output.of(2L).with("quality", "poor"),
                      "2012-03", Output.of(3L)))
              .with("batch", 7);
        });
    assertThat(bench.runPartitions(QUARTER, "a").succeeded()).isTrue();
    assertThat(bench.ledger().commits())
        .extracting(commit -> commit.metadata().get("quality"))
        .containsExactly(new MetadataValue.Text("good"), new MetadataValue.Text("poor"), null);
    assertThat(bench.ledger().commits())
        .allSatisfy(commit -> assertThat(commit.metadata()).containsKeys("source", "batch", "uri"));
  }

  @Test
  @Tag("C21")
  @Tag("C47")
  void materializesEachPartitionOfAVoidAsset() {
    ranged("a", _ -> null).returning(void.class);
    ranged("b", _ -> MaterializeResult.done().with("by", "hand"))
        .returning(MaterializeResult.class);
    assertThat(bench.runPartitions(QUARTER, "a").succeeded()).isTrue();
    assertThat(bench.anew().runPartitions(QUARTER, "b").succeeded()).isTrue();
    assertThat(bench.ledger().commits())
        .hasSize(6)
        .allSatisfy(commit -> assertThat(commit.object()).isNull());
    assertThat(bench.ledger().current("b", "2012-03").metadata()).containsKey("by");
  }

  @Test
  @Tag("C47")
  void storesTheOutputsOfAMultiAssetByPartition() {
    record Both(Map<String, Long> left, Map<String, Long> right) {}
    bench
        .multi("both")
        .output("left", "left", Declarations.type(Long.class))
        .output("right", "right", Declarations.type(Long.class))
        .partitioned(MONTHS)
        .perRun(5)
        .computed(_ -> new Both(Map.of("2012-01", 1L, "2012-02", 2L), Map.of("2012-01", 3L)));
    var result = bench.runPartitions(QUARTER.subList(0, 2), "left", "right");
    assertThat(failure(result).message()).contains("partition '2012-02' of 'right'");
    assertThat(committed()).containsExactly("left[2012-01]", "left[2012-02]", "right[2012-01]");
  }

  @Test
  @Tag("C43")
  @Tag("C47")
  @DisplayName("a range of several dimensions, one of them dynamic, has its window")
  void computesARangeOfSeveralDimensions() {
    bench.dynamicKeys(_ -> List.of("Basel", "Chur"));
    bench
        .asset("a")
        .partitioned(
            PartitionsDefinition.multi(
                Map.of("date", MONTHS, "town", PartitionsDefinition.dynamic("towns"))))
        .perRun(100)
        .context()
        .computed(
            given -> {
              var context = (AssetContext) Objects.requireNonNull(given[0]);
              calls.add(texts(context) + " " + context.window());
              var values = new HashMap<String, Long>();
              texts(context).forEach(text -> values.put(text, 1L));
              return values;
            });
    var keys = List.of("2012-01|Basel", "2012-01|Chur", "2012-02|Basel", "2012-02|Chur");
    assertThat(bench.runPartitions(keys, "a").succeeded()).isTrue();
    assertThat(calls).containsExactly(keys + " 2012-01-01T00:00Z/2012-03-01T00:00Z");
  }
}

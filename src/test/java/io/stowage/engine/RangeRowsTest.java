package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetContext;
import io.stowage.api.InputContext;
import io.stowage.api.IoManager;
import io.stowage.api.Output;
import io.stowage.api.OutputContext;
import io.stowage.api.Partitioned;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declared;
import io.stowage.fixture.Workbench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RangeRowsTest {
  private static final PartitionsDefinition MONTHS =
      PartitionsDefinition.monthly("2012-01").until("2016-01");
  private static final List<String> QUARTER = List.of("2012-01", "2012-02", "2012-03");

  private final Workbench bench = new Workbench();

  /** An asset over ranges of months, whose function is told its context, the first parameter. */
  private Declared ranged(String key, Function<AssetContext, @Nullable Object> computed) {
    return bench
        .asset(key)
        .partitioned(MONTHS)
        .perRun(Integer.MAX_VALUE)
        .context()
        .computed(given -> computed.apply((AssetContext) Objects.requireNonNull(given[0])));
  }

  private List<String> committed() {
    return bench.ledger().commits().stream()
        .map(commit -> commit.asset() + "[" + commit.partition() + "]")
        .toList();
  }

  @Test
  @Tag("C48")
  @DisplayName("rows are streamed: a partition is committed when the next one's first row comes")
  void storesRowsAsTheyCome() {
    var computed = new AtomicInteger();
    var ahead = new AtomicInteger();
    ranged(
            "a",
            _ ->
                Stream.of("2012-02", "2012-01", "2012-03")
                    .flatMap(
                        month ->
                            IntStream.range(0, 10_000)
                                .mapToObj(
                                    row -> {
                                      computed.incrementAndGet();
                                      return Partitioned.of(month, row);
                                    })))
        .storedBy("counting")
        .returning(Stream.class, Integer.class);
    bench
        .managers()
        .put(
            "counting",
            new Counting(stored -> ahead.accumulateAndGet(computed.get() - stored, Math::max)));
    assertThat(bench.runPartitions(QUARTER, "a").succeeded()).isTrue();
    assertThat(committed()).containsExactly("a[2012-02]", "a[2012-01]", "a[2012-03]");
    assertThat(computed).hasValue(30_000);
    assertThat(ahead.get()).isLessThan(2_000);
    assertThat(bench.ledger().current("a", "2012-01").metadata())
        .containsEntry("rows", new MetadataValue.Int(10_000));
  }

  /** Reads rows without keeping them, and tells how many it has read of all partitions. */
  private static final class Counting implements IoManager {
    private final IntConsumer read;
    private int all;

    Counting(IntConsumer read) {
      this.read = read;
    }

    @Override
    public void handleOutput(OutputContext context, @Nullable Object value) {
      int before = all;
      ((Stream<?>) Objects.requireNonNull(value)).forEach(_ -> read.accept(++all));
      context.addOutputMetadata("rows", all - before);
    }

    @Override
    public Object loadInput(InputContext context) {
      throw new AssertionError("nothing is loaded");
    }
  }

  @Test
  @Tag("C48")
  void takesAPartitionWithoutRows() {
    ranged(
            "a",
            _ ->
                Stream.of(
                    Partitioned.of("2012-01", 1),
                    Partitioned.empty("2012-02"),
                    Partitioned.empty("2012-03"),
                    Partitioned.of("2012-03", 5)))
        .returning(Stream.class, Integer.class);
    assertThat(bench.runPartitions(QUARTER, "a").succeeded()).isTrue();
    assertThat(bench.ledger().commits())
        .extracting(commit -> commit.metadata().get("rows"))
        .containsExactly(
            new MetadataValue.Int(1), new MetadataValue.Int(0), new MetadataValue.Int(1));
  }

  @Test
  @Tag("C48")
  void refusesRowsOfAPartitionThatComeApart() {
    ranged(
            "a",
            _ ->
                Stream.of("2012-01", "2012-02", "2012-01", "2012-03")
                    .map(month -> Partitioned.of(month, 1)))
        .returning(Stream.class, Integer.class);
    assertThat(failure(bench.runPartitions(QUARTER, "a")).message())
        .contains("the rows of partition '2012-01' do not follow one another");
    assertThat(committed()).containsExactly("a[2012-01]", "a[2012-02]");
  }

  @Test
  @Tag("C48")
  @Tag("C37")
  void neverTriesRowsThatComeApartAgain() {
    ranged(
            "a",
            _ ->
                Stream.of("2012-01", "2012-02", "2012-01", "2012-03")
                    .map(month -> Partitioned.of(month, 1)))
        .returning(Stream.class, Integer.class)
        .attempts(3, Duration.ZERO);
    assertThat(failure(bench.runPartitions(QUARTER, "a")).message())
        .contains("is stored without those that came late");
    assertThat(bench.pauses()).isEmpty();
  }

  @Test
  @Tag("C48")
  @Tag("C37")
  void failsForAForeignPartitionThoughAllOthersAreStored() {
    ranged(
            "a",
            _ ->
                Stream.of("2012-01", "2012-02", "2012-03", "2013-01")
                    .map(month -> Partitioned.of(month, 1)))
        .returning(Stream.class, Integer.class)
        .attempts(3, Duration.ZERO);
    assertThat(failure(bench.runPartitions(QUARTER, "a")).message())
        .contains("'2013-01'", "not asked for");
    assertThat(bench.pauses()).isEmpty();
  }

  @Test
  @Tag("C20")
  @Tag("C48")
  void keepsWhatWasCommittedBeforeTheStreamFailed() {
    ranged(
            "a",
            _ ->
                QUARTER.stream()
                    .map(
                        month -> {
                          if (month.equals("2012-03")) {
                            throw new IllegalStateException("the source is gone");
                          }
                          return Partitioned.of(month, 1);
                        }))
        .returning(Stream.class, Integer.class);
    assertThat(failure(bench.runPartitions(QUARTER, "a")).message()).contains("the source is gone");
    assertThat(committed()).containsExactly("a[2012-01]");
  }

  @Test
  @Tag("C48")
  void closesTheStreamOfTheRowsAndThoseOfAMap() {
    var closed = new ArrayList<String>();
    ranged("a", _ -> Stream.of(Partitioned.of("2012-01", 1)).onClose(() -> closed.add("rows")))
        .returning(Stream.class, Integer.class);
    ranged(
            "b",
            _ ->
                Map.of(
                    "2012-01", Output.of(Stream.of(1).onClose(() -> closed.add("value"))),
                    "June", Output.of(Stream.of(1).onClose(() -> closed.add("other")))))
        .returning(Stream.class, Integer.class);
    bench.runPartitions(List.of("2012-01"), "a");
    bench.anew().runPartitions(List.of("2012-01"), "b");
    assertThat(closed).containsExactlyInAnyOrder("rows", "value", "other");
  }
}

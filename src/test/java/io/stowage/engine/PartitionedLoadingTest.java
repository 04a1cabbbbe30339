package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.ErrorCode;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Workbench;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Inputs from the partitions of an asset. */
class PartitionedLoadingTest {
  private static final PartitionsDefinition CITIES =
      PartitionsDefinition.ofStatic("Oslo", "Bergen", "Narvik").named("city");

  private final Workbench bench = new Workbench();
  private final List<@Nullable Object> given = Collections.synchronizedList(new ArrayList<>());

  private @Nullable Object keep(@Nullable Object[] arguments) {
    Collections.addAll(given, arguments);
    return 1L;
  }

  @Test
  @DisplayName("C32 C33 C45 of several partitions the event names each")
  void recordsWhatWasReadOfSeveralPartitions() {
    var manager = bench.recording("lake");
    manager.onLoad(context -> context.addInputMetadata("partitions", context.partitions().size()));
    cities("lake");
    bench.asset("all").input("city", Map.class, String.class, Long.class).computed(this::keep);
    bench.runPartitions(List.of("Oslo", "Bergen", "Narvik"), "city", "all");
    assertThat(given).containsExactly(Map.of("Oslo", 4L, "Bergen", 6L, "Narvik", 6L));
    assertThat(
            ((Map<?, ?>) java.util.Objects.requireNonNull(given.getFirst()))
                .keySet().stream().map(Object::toString))
        .containsExactly("Oslo", "Bergen", "Narvik");
    assertThat(bench.ledger().commits().getLast().read())
        .extracting(LoadedInput::partition)
        .containsExactly("Oslo", "Bergen", "Narvik");
    assertThat(bench.ledger().event("input_loaded").data())
        .containsEntry("metadata", Map.of("partitions", new MetadataValue.Int(3).toData()));
  }

  /** For each city the length of its name. */
  private void cities(String manager) {
    bench
        .asset("city")
        .storedBy(manager)
        .partitioned(CITIES)
        .context()
        .computed(
            arguments ->
                (long)
                    ((io.stowage.api.AssetContext) java.util.Objects.requireNonNull(arguments[0]))
                        .partition()
                        .text()
                        .length());
  }

  @Test
  @DisplayName("C45 one mapped partition is the bare value")
  void loadsTheBareValueOfOnePartition() {
    cities("default");
    bench.asset("next").partitioned(CITIES).input("city", Long.class).computed(this::keep);
    bench.runPartitions(List.of("Bergen"), "city", "next");
    assertThat(given).containsExactly(6L);
  }

  @Test
  @DisplayName("C34 C46 partitions that are missing are named")
  void namesMissingPartitions() {
    cities("default");
    bench.asset("all").input("city", Map.class, String.class, Long.class).computed(this::keep);
    bench.runPartitions(List.of("Bergen"), "city");
    var failure = failure(bench.anew().run("all"));
    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED);
    assertThat(failure.message()).contains("asset 'city'", "partition 'Oslo', 'Narvik'");
  }

  @Test
  @DisplayName("C46 missing partitions are left out with a warning, where the input allows it")
  void leavesMissingPartitionsOut() {
    cities("default");
    bench
        .asset("all")
        .input(
            "city",
            Declarations.type(Map.class, String.class, Long.class),
            in -> in.allowingMissing())
        .computed(this::keep);
    bench.runPartitions(List.of("Bergen"), "city");
    assertThat(bench.anew().run("all").succeeded()).isTrue();
    assertThat(given).containsExactly(Map.of("Bergen", 6L));
    assertThat(bench.ledger().events("log"))
        .extracting(StepEvent::message)
        .contains(
            "partition 'Oslo' of 'city' is missing, and left out",
            "partition 'Narvik' of 'city' is missing, and left out");
  }
}

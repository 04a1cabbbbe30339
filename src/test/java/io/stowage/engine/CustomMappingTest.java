package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.StowageException;
import io.stowage.api.partition.MappedPartitions;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Workbench;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CustomMappingTest {
  private static final PartitionsDefinition MONTHS =
      PartitionsDefinition.monthly("2012-01").until("2016-01");
  private static final PartitionsDefinition CITIES =
      PartitionsDefinition.ofStatic("Seattle", "New York");

  private final Workbench bench = new Workbench();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  private List<String> committed() {
    return bench.ledger().commits().stream()
        .map(commit -> commit.asset() + "[" + commit.partition() + "]")
        .toList();
  }

  @Test
  @Tag("C44")
  @DisplayName(
      "a custom mapping is asked by whoever may run it, and its answer held to the definition")
  void readsThePartitionsThatACustomMappingNames() {
    bench.mappings(
        Map.of(
            "by city",
            (_, keys, _, _) ->
                new MappedPartitions(
                    keys.stream().map(_ -> PartitionKey.of("New York")).toList(), List.of())));
    bench.asset("city").partitioned(CITIES).computed(_ -> 5L);
    bench
        .asset("a")
        .partitioned(MONTHS)
        .input(
            "city",
            Declarations.type(Map.class, String.class, Long.class),
            given -> given.mapped(new PartitionMapping.Custom("by city")))
        .computed(
            given -> {
              calls.add(String.valueOf(given[0]));
              return 1L;
            });
    assertThat(bench.runPartitions(List.of("2012-01"), "city", "a").succeeded()).isTrue();
    assertThat(calls).containsExactly("{New York=5}");
    assertThat(committed()).containsExactly("city[New York]", "a[2012-01]");
  }

  @Test
  @Tag("C44")
  void namesACustomMappingThatFails() {
    bench.mappings(
        Map.of(
            "broken",
            (_, _, _, _) -> {
              throw new IllegalStateException("no table");
            }));
    bench.asset("city").partitioned(CITIES);
    bench
        .asset("a")
        .partitioned(MONTHS)
        .input(
            "city",
            Declarations.type(Map.class, String.class, Long.class),
            given -> given.mapped(new PartitionMapping.Custom("broken")));
    assertThatThrownBy(() -> bench.runPartitions(List.of("2012-01"), "a"))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("input 'city' of 'a'")
        .hasMessageContaining("no table");
  }
}

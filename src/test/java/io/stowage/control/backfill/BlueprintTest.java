package io.stowage.control.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionMapping;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import io.stowage.protocol.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BlueprintTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private final Declarations assets = new Declarations();

  @Test
  @Tag("C66")
  void makesNoRunsOfChecksWhichRunWithTheirAssets() {
    assets.asset("a");
    assets.check("a", "first", true).value(Long.class);
    assets.asset("b").input("a", Long.class);
    assets.check("b", "second", true).value(Long.class);
    assets.asset("c").input("b", Long.class).input("a", Long.class);

    var runs = runs(new Blueprint(NOW, List.of("a", "b", "c"), List.of(), Map.of()));

    assertThat(runs).extracting(Blueprint.Run::step).containsExactly("a", "b", "c");
    assertThat(runs)
        .extracting(Blueprint.Run::needs)
        .containsExactly(List.of(), List.of(0), List.of(0, 1));
  }

  @Test
  void givesTheSameRunsWhenItIsReadBackHoweverTheWorldHasChanged() {
    assets.asset("a").partitioned(PartitionsDefinition.dynamic("towns"));
    assets.asset("b").input("a", Map.class, String.class, Long.class);
    var blueprint =
        new Blueprint(
            NOW,
            List.of("a", "b"),
            List.of("Basel", "Chur"),
            Map.of("towns", List.of("Basel", "Chur")));

    var read = Json.read(Json.text(blueprint), Blueprint.class);

    assertThat(read).isEqualTo(blueprint);
    assertThat(runs(read)).isEqualTo(runs(blueprint)).hasSize(3);
    assertThat(runs(read).getLast().needs()).containsExactly(0, 1);
  }

  @Test
  void refusesWhatWouldWaitForMoreThanCanBeKept() {
    var days = PartitionsDefinition.daily("2015-01-01");
    assets.asset("a").partitioned(days);
    assets
        .asset("b")
        .partitioned(days)
        .input(
            "a",
            Declarations.type(Map.class, String.class, Long.class),
            given -> given.mapped(new PartitionMapping.AllPartitions()));
    var context = PartitionContext.at(NOW);
    var keys = days.keys(context).stream().map(Object::toString).toList();

    assertThatThrownBy(() -> Blueprint.total(List.of("a", "b"), keys, assets.graph(), context))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("asset 'b' needs so many partitions")
        .hasMessageContaining("ask for fewer partitions at once");
  }

  private List<Blueprint.Run> runs(Blueprint blueprint) {
    var runs = new ArrayList<Blueprint.Run>();
    blueprint.each(assets.graph(), runs::add);
    return runs;
  }
}

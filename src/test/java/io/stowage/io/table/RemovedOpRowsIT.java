package io.stowage.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetContext;
import io.stowage.api.Job;
import io.stowage.api.Materialization;
import io.stowage.api.Op;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.testing.Materialize;
import io.stowage.testing.Materialized;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sweep removes the rows of ops' runs, and leaves those of all other runs and of assets. */
@Tag("C38")
@Tag("C51")
class RemovedOpRowsIT extends TablesUnderTest {
  record Line(String text) {}

  @Vetoed
  @Job("monthly")
  @StaticPartitions({"2012-01", "2012-02"})
  static class Monthly {
    @Op
    List<Line> lines(AssetContext context) {
      return List.of(new Line(context.partition().text()));
    }
  }

  private final TableIoManager manager = warehouse.manager(null);

  @BeforeEach
  void empty() {
    Warehouse.open("lines");
  }

  private Materialized run(String... partitions) {
    return Materialize.assets(Monthly.class)
        .manager("default", manager)
        .partition(partitions)
        .run()
        .orThrow();
  }

  private List<String> rows() {
    return warehouse.query("SELECT stowage_run FROM lines.result ORDER BY stowage_run");
  }

  @Test
  void removesThoseOfTheRunAndNoOthers() {
    Materialized first = run("2012-01");
    Materialized second = run("2012-01");
    Materialization made = first.materializations().getFirst();

    assertThat(manager.owns(made)).isTrue();
    assertThat(manager.remove(made)).isTrue();
    assertThat(manager.remove(made)).as("again").isFalse();

    assertThat(rows()).containsExactly(second.runId());
    assertThat(second.rows("monthly/lines", "2012-01", Line.class)).hasSize(1);
    assertThat(warehouse.query("SELECT run_id FROM lines.stowage_slice"))
        .containsExactly(second.runId());
  }

  @Test
  void keepsThemForAsLongAsOneOfTheRunsPartitionsIsKept() {
    Materialized run = run("2012-01", "2012-02");
    var made = run.materializations();
    assertThat(made).hasSize(2);

    manager.remove(made.getFirst());
    assertThat(rows()).hasSize(2);
    manager.remove(made.getLast());
    assertThat(rows()).isEmpty();
  }

  @Test
  void leavesWhatIsNotAnOps() {
    var made = run("2012-01").materializations().getFirst();
    var stored = store(Warehouse.rows(0, 2)).materialization();

    assertThat(tables.owns(stored)).as("an asset's table").isFalse();
    var elsewhere =
        new Materialization(
            made.id(),
            made.asset(),
            made.partition(),
            made.runId(),
            null,
            made.metadata(),
            made.committedAt());
    assertThat(manager.owns(elsewhere)).as("without a location").isFalse();
    warehouse.execute("DROP SCHEMA lines CASCADE");
    assertThat(manager.remove(made)).as("dropped by hand").isFalse();
  }
}

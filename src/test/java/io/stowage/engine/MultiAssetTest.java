package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static io.stowage.fixture.Workbench.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Output;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Declared;
import io.stowage.fixture.Workbench;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Outputs of functions that compute several assets. */
class MultiAssetTest {
  private final Workbench bench = new Workbench();

  private Map<String, MetadataValue> metadata(String asset) {
    return bench.ledger().current(asset, "").metadata();
  }

  record Two(Long left, Output<List<Long>> right) {}

  private Declared multi() {
    return bench
        .multi("two")
        .output("left", "x/left", Declarations.type(Long.class))
        .output("right", "x/right", Declarations.type(List.class, Long.class))
        .storedBy("lake");
  }

  @Test
  @DisplayName("C2 outputs of a multi-asset go to their own managers, in order")
  void storesTheOutputsOfAMultiAsset() {
    var lake = bench.recording("lake");
    multi()
        .computed(
            _ ->
                Output.of(new Two(1L, Output.of(List.of(2L, 3L)).with("unit", "mm")))
                    .with("both", true));
    assertThat(bench.run("x/left", "x/right").succeeded()).isTrue();
    assertThat(bench.ledger().commits())
        .extracting(StepCommit::output)
        .containsExactly("left", "right");
    assertThat(lake.stores())
        .extracting(context -> context.asset().toString())
        .containsExactly("x/right");
    assertThat(metadata("x/left"))
        .containsEntry("both", new MetadataValue.Bool(true))
        .doesNotContainKey("unit");
    assertThat(metadata("x/right"))
        .containsEntry("both", new MetadataValue.Bool(true))
        .containsEntry("unit", new MetadataValue.Text("mm"))
        .containsEntry("rows", new MetadataValue.Int(2));
  }

  @Test
  void refusesWhatIsNoRecordOfOutputs() {
    multi();
    assertThat(failure(bench.run("x/left")).message())
        .contains("compute 'two'", "a record of its outputs", "java.lang.Long");
  }

  @Test
  @DisplayName(
      "C35 an output of a multi-asset that an earlier attempt committed is not stored again")
  void storesTheRestOfAMultiAsset() {
    bench
        .recording("lake")
        .onStore(
            (_, _) -> {
              throw new java.io.IOException("disk full");
            });
    multi().computed(_ -> new Two(1L, Output.of(List.of(2L))));
    assertThat(failure(bench.run("x/left", "x/right")).message()).contains("output 'right'");
    bench.recording("lake");
    assertThat(
            bench
                .again(bench.committed("two", "left", "x/left", ""))
                .run("x/left", "x/right")
                .succeeded())
        .isTrue();
    assertThat(bench.ledger().commits())
        .extracting(StepCommit::output)
        .containsExactly("left", "right");
  }

  record Perhaps(Long always, Optional<Long> sometimes) {}

  private void perhaps(Optional<Long> value) {
    bench
        .multi("perhaps")
        .output("always", "always", Declarations.type(Long.class))
        .output("sometimes", "sometimes", Declarations.type(Optional.class, Long.class))
        .computed(_ -> new Perhaps(1L, value));
    bench.asset("needs").input("sometimes", Long.class).computed(given -> given[0]);
    bench.asset("later").input("needs", Long.class);
    bench.asset("other").input("always", Long.class);
  }

  @Test
  @DisplayName(
      "C24 an optional output that was not emitted is neither stored nor recorded, and skips what needs it")
  void skipsWhatNeedsAnOutputThatWasNotEmitted() {
    perhaps(Optional.empty());
    var result = bench.run("always", "sometimes", "needs", "later", "other");
    assertThat(outcome(result, "perhaps")).isInstanceOf(StepOutcome.Succeeded.class);
    assertThat(outcome(result, "needs"))
        .isEqualTo(
            new StepOutcome.Skipped("needs 'sometimes', an optional output that was not emitted"));
    assertThat(outcome(result, "later")).isInstanceOf(StepOutcome.Skipped.class);
    assertThat(outcome(result, "other")).isInstanceOf(StepOutcome.Succeeded.class);
    assertThat(result.succeeded()).isTrue();
    assertThat(bench.ledger().commits())
        .extracting(StepCommit::output)
        .containsExactly("always", "result");
  }

  @Test
  @DisplayName("C24 an optional output that was emitted is the value within")
  void storesAnOptionalOutput() {
    perhaps(Optional.of(8L));
    var result = bench.run("always", "sometimes", "needs");
    assertThat(result.counts()).containsExactly(Map.entry("succeeded", 2));
  }
}

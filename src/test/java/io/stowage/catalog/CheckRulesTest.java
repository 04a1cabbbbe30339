package io.stowage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Workbench;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is wrong with a check is said when the catalog is built, with the method that is wrong. */
@Tag("C66")
class CheckRulesTest {
  private final Workbench bench = new Workbench();

  private void refused(String... words) {
    assertThatThrownBy(() -> bench.assets().graph())
        .hasMessageContainingAll(words)
        .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(1));
  }

  @Test
  void refusesAnUnknownAsset() {
    bench.asset("weather/monthly");
    bench.check("rain/monthly", "rows").value(Long.class);
    refused(
        "Assets.rain/monthly:rows checks asset 'rain/monthly', which nobody computes (is 'weather/monthly' meant?)");
  }

  @Test
  void refusesAValueOfAnotherShape() {
    bench.asset("a").returning(List.class, Long.class);
    bench.check("a", "rows").value(String.class);
    refused("parameter 'value' of Assets.a:rows is a String, but Assets.a returns a List<Long>");
  }

  @Test
  void refusesToLoadWhatIsNotStored() {
    bench.asset("a").returning(void.class);
    bench.check("a", "rows").value(Long.class);
    refused("parameter 'value' of Assets.a:rows cannot be loaded", "stores nothing for 'a'");
  }

  @Test
  void refusesANameGivenTwice() {
    var same = bench.check("a", "rows").declaration();
    bench.asset("a");
    var declarations =
        List.of(same, same, bench.asset("a").declaration(), bench.asset("b").declaration());
    assertThat(AssetGraph.faults(declarations))
        .singleElement()
        .asString()
        .startsWith("check 'rows' of asset 'a' has the name of another")
        .contains("Assets.a:rows");
  }

  @Test
  void refusesANameThatAnAssetHas() {
    bench.asset("a");
    bench.asset("a:rows");
    var declarations =
        List.of(
            bench.asset("a").declaration(),
            bench.asset("a:rows").declaration(),
            bench.check("a", "rows").declaration());
    assertThat(AssetGraph.faults(declarations)).singleElement().asString().contains("a:rows");
  }

  @Test
  void refusesABlockingCheckThatNeedsWhatItBlocks() {
    bench.asset("a");
    bench.asset("b").input("a", Long.class);
    bench.blockingCheck("a", "sum").value(Long.class).input("b", Long.class);
    refused("in a circle", "a:sum");
  }

  @Test
  void letsACheckThatBlocksNobodyNeedWhatComesAfter() {
    bench.asset("a");
    bench.asset("b").input("a", Long.class);
    bench.check("a", "sum").value(Long.class).input("b", Long.class);
    assertThat(bench.assets().graph().steps())
        .extracting(AssetSpec::step)
        .containsExactly("a", "b", "a:sum");
  }

  @Test
  void givesACheckThePartitionsOfItsAsset() {
    var months = PartitionsDefinition.monthly("2012-01").until("2013-01");
    bench.asset("a").partitioned(months);
    bench.check("a", "rows").value(Long.class);
    assertThat(bench.assets().graph().step("a:rows").orElseThrow().partitions()).contains(months);
    assertThat(bench.assets().graph().keys()).hasToString("[a]");
  }

  @Test
  void refusesANameOfNothing() {
    assertThatThrownBy(() -> bench.check("a", " "))
        .hasMessageContainingAll("a check of asset 'a' needs a name");
    assertThatThrownBy(() -> bench.check("a", "two\nlines")).hasMessageContaining("control");
  }

  @Test
  void travelsAsData() {
    bench.asset("a").policy(io.stowage.api.SchemaPolicy.FULL);
    bench.blockingCheck("a", "rows").value(Long.class);
    for (AssetSpec spec : bench.assets().graph().steps()) {
      assertThat(DeclarationData.read(DeclarationData.of(spec.declaration())))
          .isEqualTo(spec.declaration());
    }
  }
}

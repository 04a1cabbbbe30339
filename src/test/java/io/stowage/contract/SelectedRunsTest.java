package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.testing.Materialize;
import io.stowage.testing.Materialized;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is run of a graph, and what becomes of the rest where a step fails. */
class SelectedRunsTest {
  @Vetoed
  @AssetGroup("mill")
  static class Mill {
    private final AtomicInteger ground = new AtomicInteger();
    private int failures;

    @Asset
    long corn() {
      return 4;
    }

    @Asset(tags = "product=flour", attempts = 3)
    long flour(long corn) {
      if (ground.incrementAndGet() <= failures) {
        throw new IllegalStateException("the stone is stuck");
      }
      return corn * 2;
    }

    @Asset(tags = "product=bread")
    long bread(long flour) {
      return flour + 1;
    }

    @Asset
    long straw(long corn) {
      return corn;
    }
  }

  private static List<String> made(Materialized result) {
    return result.materializations().stream().map(each -> each.asset().name()).sorted().toList();
  }

  @Test
  @Tag("C40")
  void selectsByKeyGroupTagAndWhatIsNextToIt() {
    var mill = Materialize.assets(Mill.class);
    assertThat(made(mill.run().orThrow())).containsExactly("bread", "corn", "flour", "straw");
    assertThat(made(mill.select("mill/flour").run())).containsExactly("flour");
    assertThat(made(mill.select("mill").run())).hasSize(4);
    assertThat(made(mill.select("tag:product").run())).containsExactly("bread", "flour");
    assertThat(made(mill.select("tag:product=bread").run())).containsExactly("bread");
    assertThat(made(mill.select("*mill/bread").run())).containsExactly("bread", "corn", "flour");
    assertThat(made(mill.select("+mill/bread").run())).containsExactly("bread", "flour");
    assertThat(made(mill.select("mill/corn+").run())).containsExactly("corn", "flour", "straw");
    assertThat(made(mill.select("group:mill").run())).hasSize(4);
    assertThat(made(mill.select("+tag:product=flour").run())).containsExactly("corn", "flour");
    assertThatThrownBy(() -> mill.select("mill/brad").run())
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ASSET))
        .hasMessage("'mill/brad' selects no asset: is 'mill/bread' meant?");
    assertThatThrownBy(() -> mill.select("group:mil").run())
        .hasMessage("'group:mil' is no group of assets: is 'group:mill' meant?");
    assertThatThrownBy(() -> mill.select("tag:produce=flour").run())
        .hasMessage("'tag:produce=flour' is a tag of no asset: is 'tag:product=flour' meant?");
  }

  @Test
  @Tag("C39")
  void aFailedStepTakesItsDependantsWithItAndTheOthersFinish() {
    var mill = new Mill();
    mill.failures = 3;
    var result = Materialize.assets(mill).run();
    assertThat(made(result)).containsExactly("corn", "straw");
    assertThat(result.outcomes("mill/bread")).containsValue("skipped");
    assertThat(result.events("step_skipped").getFirst().message()).contains("needs mill/flour");
    assertThat(result.failures()).hasSize(1);
  }

  @Test
  @Tag("C35")
  @Tag("C36")
  void whatSucceededIsReadFromStorageWhereTheRestIsRunAgain() {
    var mill = new Mill();
    mill.failures = 3;
    var manager = new RecordingIoManager();
    var assets = Materialize.assets(mill).manager("default", manager);
    assertThat(assets.run().succeeded()).isFalse();
    var again = assets.select("mill/flour", "mill/bread").run().orThrow();
    assertThat(again.value("mill/bread")).isEqualTo(9L);
    assertThat(manager.stores())
        .filteredOn(context -> context.asset().name().equals("corn"))
        .hasSize(1);
  }

  @Test
  @Tag("C37")
  void aStepIsTriedAsOftenAsItsPolicySays() {
    var mill = new Mill();
    mill.failures = 2;
    var result = Materialize.assets(mill).run().orThrow();
    assertThat(result.value("mill/flour")).isEqualTo(8L);
    assertThat(result.events("step_retried"))
        .extracting(event -> event.message().replaceFirst(".*tried", "tried"))
        .containsExactly("tried again in 1.0 s", "tried again in 2.0 s");
    assertThat(mill.ground).hasValue(3);
  }
}

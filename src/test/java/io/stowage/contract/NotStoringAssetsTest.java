package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.MaterializeResult;
import io.stowage.api.MultiAsset;
import io.stowage.api.Output;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.BackfillPolicy;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where nothing is stored, or null is. */
class NotStoringAssetsTest {
  private static final List<String> CALLED = new ArrayList<>();

  @Vetoed
  @AssetGroup
  static class Steps {
    @Asset
    void prepared() {}

    @Asset
    long after(@Input(orderOnly = true) @Nullable Object prepared) {
      return prepared == null ? 1 : 2;
    }

    @Asset(after = "after")
    long afterThat() {
      return 3;
    }

    @Asset
    MaterializeResult selfStored() {
      return MaterializeResult.done().with("rows", 7);
    }
  }

  @Test
  @Tag("C21")
  @Tag("C23")
  @Tag("C25")
  void whatIsNotStoredIsRecordedAndNoManagerAsked() {
    var manager = new RecordingIoManager();
    var result = Materialize.assets(Steps.class).manager("default", manager).run().orThrow();
    assertThat(result.materialization("prepared").object()).isNull();
    assertThat(result.metadata("selfStored")).containsEntry("rows", new MetadataValue.Int(7));
    assertThat(manager.stores())
        .extracting(context -> context.asset().toString())
        .containsExactly("after", "afterThat");
    assertThat(manager.loads()).isEmpty();
    assertThat(result.value("after")).isEqualTo(1L);
    assertThat(result.events())
        .extracting(event -> event.type() + " " + event.step())
        .containsSubsequence(
            "step_succeeded prepared",
            "step_started after",
            "step_succeeded after",
            "step_started afterThat");
  }

  @Vetoed
  @AssetGroup
  static class Nulls {
    @Asset
    @Nullable String nothing() {
      return null;
    }

    @Asset
    Output<@Nullable String> nothingWrapped() {
      return Output.of(null);
    }

    @Asset
    String taken(@Nullable String nothing, @Nullable String nothingWrapped) {
      return nothing + "+" + nothingWrapped;
    }
  }

  @Test
  @Tag("C22")
  void nullIsStoredWhereTheTypeAllowsIt() {
    var result = Materialize.assets(Nulls.class).run().orThrow();
    assertThat(result.value("nothing")).isNull();
    assertThat(result.value("taken")).isEqualTo("null+null");
  }

  @Test
  @Tag("C22")
  void nullFailsTheStepWhereItMayNotBe() {
    var result = Materialize.assets(Refused.class).run();
    assertThat(result.failure().orElseThrow().code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(result.failure().orElseThrow().message()).contains("null").contains("String");
    assertThat(result.materializations()).isEmpty();
  }

  @Vetoed
  @AssetGroup
  static class Refused {
    @Asset
    Output<String> something() {
      return Output.of(null);
    }
  }

  @Vetoed
  @AssetGroup
  static class Forgotten {
    @Asset
    @Nullable MaterializeResult selfStored() {
      return null;
    }

    @Asset
    @StaticPartitions({"a", "b"})
    @BackfillPolicy(BackfillPolicy.Type.SINGLE_RUN)
    @Nullable MaterializeResult ranged() {
      return null;
    }
  }

  @Test
  @Tag("C22")
  @Tag("C25")
  void whoStoredItHimselfSaysSo() {
    for (var result :
        List.of(
            Materialize.assets(Forgotten.class).select("selfStored").run(),
            Materialize.assets(Forgotten.class).select("ranged").partition("a", "b").run())) {
      assertThat(result.failure().orElseThrow().code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
      assertThat(result.failure().orElseThrow().message())
          .contains("but null was returned: return MaterializeResult.done()");
      assertThat(result.materializations()).isEmpty();
    }
  }

  @Vetoed
  @AssetGroup
  static class Optionals {
    record Parts(Optional<Long> left, long right) {}

    @MultiAsset
    Parts parts() {
      return new Parts(Optional.empty(), 1);
    }

    @Asset
    long ofLeft(long left) {
      CALLED.add("ofLeft");
      return left;
    }

    @Asset
    long ofRight(long right) {
      return right;
    }
  }

  @Test
  @Tag("C24")
  void anOptionalOutputThatWasNotEmittedSkipsWhatNeedsIt() {
    CALLED.clear();
    var result = Materialize.assets(Optionals.class).run();
    assertThat(result.succeeded()).isTrue();
    assertThat(result.outcomes("ofLeft")).containsValue("skipped");
    assertThat(result.value("ofRight")).isEqualTo(1L);
    assertThat(result.materializations())
        .extracting(made -> made.asset().toString())
        .containsExactlyInAnyOrder("right", "ofRight");
    assertThat(result.events("output_skipped")).hasSize(1);
    assertThat(result.events("step_skipped").getFirst().message()).contains("'left'");
    assertThat(CALLED).isEmpty();
  }
}

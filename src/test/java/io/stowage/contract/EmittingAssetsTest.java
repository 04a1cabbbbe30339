package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetGroup;
import io.stowage.api.MultiAsset;
import io.stowage.api.Output;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Outputs of a multi-asset that are computed one by one, each when it is stored. */
class EmittingAssetsTest {
  @Vetoed
  @AssetGroup("towns")
  static class Towns {
    final List<String> said = new ArrayList<>();
    int failures;
    boolean closed;

    record Parts(
        Supplier<String> first,
        Supplier<Output<List<Long>>> second,
        Supplier<Optional<String>> third,
        Supplier<Stream<Long>> fourth) {}

    @MultiAsset(attempts = 2)
    Parts parts() {
      said.add("called");
      return new Parts(
          () -> said("first", "1"),
          () -> Output.of(said("second", List.of(2L))).with("rows-seen", failing(1)),
          () -> Optional.empty(),
          () -> said("fourth", Stream.of(4L)).onClose(() -> closed = true));
    }

    private <T> T said(String word, T value) {
      said.add(word);
      return value;
    }

    private int failing(int value) {
      if (failures-- > 0) {
        throw new IllegalStateException("not yet");
      }
      return value;
    }
  }

  @Test
  void eachIsCommittedBeforeTheNextIsComputed() {
    var towns = new Towns();
    var result = Materialize.assets(towns).run().orThrow();
    assertThat(towns.said).containsExactly("called", "first", "second", "fourth");
    assertThat(result.value("towns/first")).isEqualTo("1");
    assertThat(result.value("towns/second")).isEqualTo(List.of(2L));
    assertThat(result.metadata("towns/second"))
        .containsEntry("rows-seen", new MetadataValue.Int(1));
    assertThat(result.rows("towns/fourth", Long.class)).containsExactly(4L);
    assertThat(towns.closed).isTrue();
  }

  @Test
  @Tag("C24")
  void oneThatIsNotEmittedIsNotRecorded() {
    var result = Materialize.assets(new Towns()).run().orThrow();
    assertThat(result.materializations().stream().map(made -> made.asset().name()))
        .containsExactly("first", "second", "fourth");
  }

  @Test
  void anotherAttemptDoesNotComputeWhatWasCommitted() {
    var towns = new Towns();
    towns.failures = 1;
    var result = Materialize.assets(towns).run().orThrow();
    assertThat(towns.said)
        .containsExactly("called", "first", "second", "called", "second", "fourth");
    assertThat(result.events("step_retried").getFirst().message())
        .contains("compute output 'second' of 'towns/parts'")
        .contains("not yet");
  }
}

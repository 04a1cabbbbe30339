package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.Materialize;
import io.stowage.testing.RunEvent;
import io.stowage.testing.Settings;
import jakarta.enterprise.inject.Vetoed;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that pass through a step one by one. */
class StreamingAssetsTest {
  private static final int ROWS = 70_000;

  @Vetoed
  @AssetGroup
  static class Numbers {
    @Asset
    Stream<Integer> numbers() {
      return IntStream.range(0, ROWS).boxed();
    }

    @Asset
    long sum(Stream<Integer> numbers) {
      return numbers.mapToLong(Integer::longValue).sum();
    }
  }

  @Test
  @Tag("C54")
  void progressIsToldOfWhatIsStoredAndOfWhatIsRead() {
    var avro =
        new AvroIoManager(new MemoryObjectStore("lake"), Settings.of(AvroSettings.class, Map.of()));
    var result = Materialize.assets(Numbers.class).manager("default", avro).run().orThrow();
    assertThat(result.events("progress"))
        .extracting(RunEvent::message)
        .containsExactly("65536 so far", "input 'numbers' from 'numbers': 65536 of 70000");
  }
}

package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.AssetContext;
import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.IoManager;
import io.stowage.api.MaterializeResult;
import io.stowage.api.Output;
import io.stowage.api.OutputContext;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.fixture.Workbench;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link StepOutputs} does with the value of an asset. */
class StoringTest {
  private final Workbench bench = new Workbench();

  private Map<String, MetadataValue> metadata(String asset) {
    return bench.ledger().current(asset, "").metadata();
  }

  @Test
  @DisplayName("C11 a manager is told everything of the output")
  void tellsTheManagerOfTheOutput() {
    var manager = bench.recording("lake");
    bench
        .asset("weather/rows")
        .returning(List.class, Long.class)
        .storedBy("lake")
        .metadata(Map.of("unit", "mm"))
        .options(Map.of("codec", "null"))
        .computed(_ -> Output.of(List.of(1L)).with("station", "Oslo"));
    assertThat(bench.run("weather/rows").succeeded()).isTrue();
    OutputContext context = manager.stores().getFirst();
    assertThat(context.asset()).isEqualTo(AssetKey.of("weather/rows"));
    assertThat(context.outputName()).isEqualTo("result");
    assertThat(context.step()).isEqualTo("weather/rows");
    assertThat(context.runId()).isEqualTo(bench.runId());
    assertThat(context.jobName()).isEqualTo("nightly");
    assertThat(context.definitionMetadata()).containsExactly(Map.entry("unit", "mm"));
    assertThat(context.valueMetadata())
        .containsExactly(Map.entry("station", new MetadataValue.Text("Oslo")));
    assertThat(context.options()).containsExactly(Map.entry("codec", "null"));
    assertThat(context.type().getTypeName()).isEqualTo("java.util.List<java.lang.Long>");
    assertThat(context.nullable()).isFalse();
    assertThat(context.mappingKey()).isEmpty();
    assertThat(context.partitions()).isEmpty();
    assertThat(context.attempt()).isEqualTo(1);
  }

  @Test
  @DisplayName("C12 all labels are on the stored-output event and on the materialization")
  void keepsAllLabels() {
    bench
        .recording("lake")
        .onStore(
            (context, _) -> {
              context.addOutputMetadata("codec", "deflate");
              context.addOutputMetadata("blocks", 1);
              context.addOutputMetadata("blocks", 2);
            });
    bench
        .asset("a")
        .storedBy("lake")
        .context()
        .computed(
            given -> {
              var context = (AssetContext) Objects.requireNonNull(given[0]);
              context.addOutputMetadata("from", "author");
              context.addOutputMetadata("result", "again", true);
              return 1L;
            });
    bench.run("a");
    assertThat(metadata("a"))
        .containsEntry("from", new MetadataValue.Text("author"))
        .containsEntry("again", new MetadataValue.Bool(true))
        .containsEntry("codec", new MetadataValue.Text("deflate"))
        .containsEntry("blocks", new MetadataValue.Int(2))
        .containsKeys("uri", "seconds");
    assertThat(bench.ledger().event("output_stored").data())
        .containsEntry("metadata", StepInputs.data(metadata("a")))
        .containsEntry("location", "memory:recorded/a")
        .containsEntry("io_manager", "lake");
  }

  @Test
  @DisplayName("C12 metadata for an output that there is not is refused")
  void refusesMetadataOfAnUnknownOutput() {
    bench
        .asset("a")
        .context()
        .computed(
            given -> {
              ((AssetContext) Objects.requireNonNull(given[0]))
                  .addOutputMetadata("other", "rows", 1);
              return 1L;
            });
    assertThat(failure(bench.run("a")).message()).contains("'rows'", "'other'");
  }

  @Test
  @DisplayName("C13 the manager's label goes before the author's, and the step says so once")
  void keepsTheManagersLabel() {
    bench
        .asset("a")
        .returning(List.class, Long.class)
        .computed(_ -> Output.of(List.of(1L, 2L)).with("rows", 99).with("unit", "mm"));
    bench.run("a");
    assertThat(metadata("a"))
        .containsEntry("rows", new MetadataValue.Int(2))
        .containsEntry("unit", new MetadataValue.Text("mm"));
    assertThat(bench.ledger().event("log").message())
        .isEqualTo("metadata 'rows' of the author gives way to the IO manager's");
  }

  @Test
  @DisplayName("C14 metadata that cannot be represented stores nothing, and names label and type")
  void refusesMetadataThatCannotBe() {
    var manager = bench.recording("lake");
    bench
        .asset("a")
        .storedBy("lake")
        .computed(_ -> Output.of(1L).with("thread", Thread.currentThread()));
    var failure = failure(bench.run("a"));
    assertThat(failure.code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(failure.message()).contains("'thread'", "Thread");
    assertThat(manager.stores()).isEmpty();
    assertThat(bench.ledger().commits()).isEmpty();
  }

  @Test
  @DisplayName(
      "C16 a value of another type stores nothing, and names output, expected and actual type")
  void refusesAValueOfAnotherType() {
    var manager = bench.recording("lake");
    bench.asset("a").storedBy("lake").computed(_ -> "text");
    var failure = failure(bench.run("a"));
    assertThat(failure.code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(failure.message())
        .isEqualTo(
            "store output 'result' of 'a': output 'result' is a Long, but a java.lang.String was returned");
    assertThat(manager.stores()).isEmpty();
    assertThat(bench.ledger().commits()).isEmpty();
  }

  @Test
  @DisplayName("C18 a manager may record further materializations")
  void recordsFurtherMaterializations() {
    bench
        .recording("lake")
        .onStore(
            (context, _) ->
                context.recordMaterialization(
                    AssetKey.of("index"), Map.of("rows", new MetadataValue.Int(3))));
    bench.asset("a").storedBy("lake");
    bench.run("a");
    assertThat(bench.ledger().commits().getFirst().beside())
        .containsExactly(
            new StepCommit.Beside(AssetKey.of("index"), Map.of("rows", new MetadataValue.Int(3))));
  }

  @Test
  @DisplayName("C19 what a manager logs stands in order before its stored-output event")
  void recordsWhatAManagerLogs() {
    bench
        .recording("lake")
        .onStore(
            (context, _) -> {
              context.log().log(System.Logger.Level.INFO, "opening");
              context.progress(1, 1);
              context.log().log(System.Logger.Level.INFO, "closing");
            });
    bench.asset("a").storedBy("lake");
    bench.run("a");
    assertThat(bench.ledger().events())
        .extracting(StepEvent::type)
        .containsSubsequence(
            "step_started", "log", "progress", "log", "output_stored", "step_succeeded");
  }

  @Test
  @DisplayName("C20 a store that fails leaves what was committed, and the step says which output")
  void aStoreThatFailsLeavesWhatWasCommitted() {
    var manager = bench.recording("lake");
    bench.asset("a").storedBy("lake");
    bench.run("a");
    var before = bench.ledger().current("a", "");
    manager.onStore(
        (context, _) -> {
          context.addOutputMetadata("bytes", 17);
          throw new java.io.IOException("disk full");
        });
    var failure = failure(bench.anew().run("a"));
    assertThat(failure.message())
        .isEqualTo("store output 'result' of 'a': java.io.IOException: disk full");
    assertThat(bench.ledger().current("a", "")).isEqualTo(before);
    assertThat(bench.ledger().event("step_failed").data())
        .containsEntry("metadata", Map.of("bytes", new MetadataValue.Int(17).toData()));
  }

  @Test
  @DisplayName("C21 void is recorded, and its manager not asked")
  void recordsVoid() {
    var manager = bench.recording("lake");
    bench
        .asset("a")
        .storedBy("lake")
        .returning(void.class)
        .context()
        .computed(
            given -> {
              ((AssetContext) Objects.requireNonNull(given[0])).addOutputMetadata("sent", 3);
              return null;
            });
    bench.asset("b").after("a");
    assertThat(bench.run("a", "b").succeeded()).isTrue();
    assertThat(manager.stores()).isEmpty();
    assertThat(manager.loads()).isEmpty();
    assertThat(bench.ledger().commits().getFirst().object()).isNull();
    assertThat(metadata("a")).containsExactly(Map.entry("sent", new MetadataValue.Int(3)));
  }

  @Test
  @DisplayName("C22 null is stored for a nullable output, and given downstream")
  void storesNull() {
    var given = Collections.synchronizedList(new ArrayList<@Nullable Object>());
    var stored = Collections.synchronizedList(new ArrayList<@Nullable Object>());
    bench
        .managers()
        .put(
            "one",
            new IoManager() {
              @Override
              public void handleOutput(OutputContext context, @Nullable Object value) {
                assertThat(context.nullable()).isTrue();
                stored.add(value);
              }

              @Override
              public @Nullable Object loadInput(InputContext context) {
                return stored.getFirst();
              }
            });
    bench.asset("a").nullable().storedBy("one").computed(_ -> null);
    bench
        .asset("b")
        .input("a", Long.class)
        .computed(
            arguments -> {
              Collections.addAll(given, arguments);
              return 1L;
            });
    assertThat(bench.run("a", "b").succeeded()).isTrue();
    assertThat(stored).containsExactly((Object) null);
    assertThat(given).containsExactly((Object) null);
  }

  @Test
  @DisplayName("C22 null fails the step where it cannot be")
  void refusesNull() {
    bench.asset("a").computed(_ -> null);
    assertThat(failure(bench.run("a")).message())
        .isEqualTo(
            "store output 'result' of 'a': output 'result' is a Long, but null was returned: annotate it @Nullable, or return a value");
  }

  @Test
  @DisplayName("C25 what the author stored himself is recorded, without a manager")
  void recordsWhatTheAuthorStored() {
    var manager = bench.recording("lake");
    bench
        .asset("a")
        .storedBy("lake")
        .returning(MaterializeResult.class)
        .computed(_ -> MaterializeResult.done().with("rows", 12));
    assertThat(bench.run("a").succeeded()).isTrue();
    assertThat(manager.stores()).isEmpty();
    assertThat(metadata("a")).containsExactly(Map.entry("rows", new MetadataValue.Int(12)));
  }

  @Test
  void closesTheStreamsItStoredOnEveryPath() {
    var closed = new AtomicInteger();
    bench
        .managers()
        .put(
            "broken",
            new IoManager() {
              @Override
              public void handleOutput(OutputContext context, @Nullable Object value)
                  throws Exception {
                throw new java.io.IOException("disk full");
              }

              @Override
              public @Nullable Object loadInput(InputContext context) {
                return null;
              }
            });
    Supplier<Stream<Long>> stream = () -> Stream.of(1L).onClose(closed::incrementAndGet);
    bench.asset("stored").returning(Stream.class, Long.class).computed(_ -> stream.get());
    bench
        .asset("failed")
        .returning(Stream.class, Long.class)
        .storedBy("broken")
        .computed(_ -> Output.of(stream.get()));
    bench.asset("refused").returning(List.class, Long.class).computed(_ -> stream.get());
    bench.run("stored", "failed", "refused");
    assertThat(closed).hasValue(3);
  }

  @Test
  @DisplayName("C37 a value that can be read once is not stored twice")
  void doesNotStoreTwiceWhatCanBeReadOnce() {
    var manager =
        bench
            .recording("lake")
            .onStore(
                (_, value) -> {
                  ((java.io.InputStream) Objects.requireNonNull(value)).read();
                  throw new StowageException(ErrorCode.UNAVAILABLE, "slow down");
                });
    bench
        .asset("a")
        .storedBy("lake")
        .returning(java.io.InputStream.class)
        .computed(_ -> new ByteArrayInputStream(new byte[] {1, 2, 3}));
    assertThat(failure(bench.run("a")).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(manager.stores()).hasSize(1);
  }
}

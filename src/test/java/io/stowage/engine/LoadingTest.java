package io.stowage.engine;

import static io.stowage.fixture.Workbench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.fixture.Declarations;
import io.stowage.fixture.Workbench;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link StepInputs} does. */
class LoadingTest {
  private static final PartitionsDefinition CITIES =
      PartitionsDefinition.ofStatic("Oslo", "Bergen", "Narvik").named("city");

  private final Workbench bench = new Workbench();
  private final List<@Nullable Object> given = Collections.synchronizedList(new ArrayList<>());

  private @Nullable Object keep(@Nullable Object[] arguments) {
    Collections.addAll(given, arguments);
    return 1L;
  }

  @Test
  @DisplayName(
      "C26 C8 C9 a manager is told everything of the input, its upstream and what was committed")
  void tellsTheManagerOfTheInput() {
    var manager = bench.recording("lake");
    bench
        .asset("weather/rows")
        .returning(List.class, Long.class)
        .storedBy("lake")
        .metadata(Map.of("unit", "mm"))
        .options(Map.of("codec", "null"))
        .computed(_ -> List.of(1L, 2L));
    bench
        .asset("weather/count")
        .input(
            "rows",
            Declarations.type(List.class, Long.class),
            in ->
                in.of("weather/rows")
                    .options(Map.of("columns", "a"))
                    .metadata(Map.of("why", "count")))
        .computed(this::keep);
    bench.run("weather/rows", "weather/count");

    InputContext context = manager.loads().getFirst();
    assertThat(context.asset()).hasToString("weather/rows");
    assertThat(context.inputName()).isEqualTo("rows");
    assertThat(context.step()).isEqualTo("weather/count");
    assertThat(context.type().getTypeName()).isEqualTo("java.util.List<java.lang.Long>");
    assertThat(context.options()).containsExactly(Map.entry("columns", "a"));
    assertThat(context.metadata()).containsExactly(Map.entry("why", "count"));
    assertThat(context.upstreamOutput().options()).containsExactly(Map.entry("codec", "null"));
    assertThat(context.upstreamOutput().definitionMetadata())
        .containsExactly(Map.entry("unit", "mm"));
    assertThat(context.upstreamOutput().ioManager()).contains("lake");
    assertThat(context.materialization().orElseThrow().metadata())
        .containsEntry("rows", new MetadataValue.Int(2));
    assertThat(context.materialization().orElseThrow().runId()).isEqualTo(bench.runId());
    assertThat(context.partitioned()).isFalse();
    assertThat(given).containsExactly(List.of(1L, 2L));
  }

  @Test
  @DisplayName("C27 an input's own manager loads it, and the producer's is not asked")
  void anInputManagerGoesBeforeTheProducers() {
    var producer = bench.recording("lake");
    bench.managers().put("special", (InputManager) _ -> 42L);
    bench.asset("a").storedBy("lake");
    bench
        .asset("b")
        .input("a", Declarations.type(Long.class), in -> in.by("special"))
        .computed(this::keep);
    bench.run("a", "b");
    assertThat(given).containsExactly(42L);
    assertThat(producer.loads()).isEmpty();
  }

  @Test
  @DisplayName("C27 an input manager serves external assets, with their key and constants")
  void loadsExternalAssets() {
    var contexts = Collections.synchronizedList(new ArrayList<InputContext>());
    bench
        .managers()
        .put(
            "source",
            (InputManager)
                context -> {
                  contexts.add(context);
                  return 5L;
                });
    bench
        .asset("b")
        .partitioned(CITIES)
        .input(
            "outside",
            Declarations.type(Long.class),
            in -> in.of("far/away").by("source").metadata(Map.of("unit", "mm")))
        .computed(this::keep);
    assertThat(bench.runPartitions(List.of("Oslo"), "b").succeeded()).isTrue();
    InputContext context = contexts.getFirst();
    assertThat(context.asset()).hasToString("far/away");
    assertThat(context.upstreamOutput().asset()).hasToString("far/away");
    assertThat(context.upstreamOutput().definitionMetadata())
        .containsExactly(Map.entry("unit", "mm"));
    assertThat(context.upstreamOutput().ioManager()).isEmpty();
    assertThat(context.materializations()).isEmpty();
    assertThat(context.partition()).hasToString("Oslo");
    LoadedInput read = bench.ledger().commits().getFirst().read().getFirst();
    assertThat(read)
        .isEqualTo(new LoadedInput("outside", context.asset(), "Oslo", null, null, null, -1));
  }

  @Test
  @DisplayName("C23 nothing is loaded where only the order matters")
  void loadsNothingWhereOnlyTheOrderMatters() {
    var manager = bench.recording("lake");
    bench.asset("a").storedBy("lake");
    bench
        .asset("b")
        .input("a", Declarations.type(Long.class), in -> in.orderOnly())
        .computed(this::keep);
    assertThat(bench.run("a", "b").succeeded()).isTrue();
    assertThat(given).containsExactly((Object) null);
    assertThat(manager.loads()).isEmpty();
    assertThat(bench.ledger().commits().getLast().read()).isEmpty();
  }

  @Test
  @DisplayName(
      "C29 a manager that fails leaves its metadata on the failure, and the body does not run")
  void keepsTheMetadataOfALoadThatFailed() {
    var manager = bench.recording("lake");
    manager.onLoad(
        context -> {
          context.addInputMetadata("line", 17);
          throw new StowageException(ErrorCode.BAD_DATA, "row 17 has no date");
        });
    bench.asset("a").storedBy("lake");
    bench.asset("b").input("a", Long.class).computed(this::keep);
    var failure = failure(bench.run("a", "b"));
    assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
    assertThat(failure.message()).isEqualTo("load input 'a' of 'b': row 17 has no date");
    assertThat(given).isEmpty();
    assertThat(bench.ledger().event("step_failed").data())
        .containsEntry("metadata", Map.of("line", new MetadataValue.Int(17).toData()));
  }

  @Test
  @DisplayName("C31 numbers are widened, and narrowed where they fit")
  void fitsNumbers() {
    bench.asset("a").computed(_ -> 7L);
    bench.asset("b").input("a", int.class).computed(this::keep);
    bench.asset("c").input("a", Double.class).computed(this::keep);
    bench.mostSteps(1).run("a", "b", "c");
    assertThat(given).containsExactlyInAnyOrder(7, 7.0);
  }

  @Test
  @DisplayName("C31 a value of another type names input, expected and actual type")
  void refusesAValueOfAnotherType() {
    bench.managers().put("wrong", (InputManager) _ -> "text");
    bench
        .asset("b")
        .input("a", Declarations.type(List.class, Long.class), in -> in.by("wrong"))
        .computed(this::keep);
    var failure = failure(bench.run("b"));
    assertThat(failure.code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(failure.message())
        .contains("input 'a'", "java.util.List<java.lang.Long>", "java.lang.String");
    assertThat(given).isEmpty();
  }

  @Test
  @DisplayName("C31 a number is never cut")
  void neverCutsANumber() {
    for (Object number : List.<Object>of(5_000_000_000L, new BigDecimal("1.5"), 1.5)) {
      var one = new Workbench();
      one.managers().put("given", (InputManager) _ -> number);
      one.asset("b")
          .input("a", Declarations.type(int.class), in -> in.by("given"))
          .computed(this::keep);
      assertThat(failure(one.run("b")).code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    }
    assertThat(given).isEmpty();
  }

  @Test
  @DisplayName("C31 null for a primitive names the input")
  void refusesNullForAPrimitive() {
    bench.managers().put("nothing", (InputManager) _ -> null);
    bench
        .asset("b")
        .input("a", Declarations.type(long.class), in -> in.by("nothing"))
        .computed(this::keep);
    assertThat(failure(bench.run("b")).message())
        .isEqualTo("load input 'a' of 'b': input 'a' is a long, but null was stored: take a Long");
  }

  @Test
  @DisplayName("C32 C33 the event has what was read, and the metadata of the load")
  void recordsWhatWasRead() {
    var manager = bench.recording("lake");
    manager.onLoad(context -> context.addInputMetadata("columns", List.of("a", "b")));
    bench
        .asset("a")
        .storedBy("lake")
        .returning(List.class, Long.class)
        .computed(_ -> List.of(1L, 2L, 3L));
    bench.asset("b").input("a", List.class, Long.class);
    bench.run("a", "b");
    var materialization = bench.ledger().current("a", "");
    var event = bench.ledger().event("input_loaded");
    assertThat(event.step()).isEqualTo("b");
    assertThat(event.data())
        .containsEntry("input", "a")
        .containsEntry("io_manager", "lake")
        .containsEntry(
            "metadata", Map.of("columns", MetadataValue.of("columns", List.of("a", "b")).toData()))
        .containsEntry(
            "read",
            List.of(
                Map.of(
                    "partition",
                    "",
                    "rows",
                    3L,
                    "materialization",
                    materialization.id(),
                    "location",
                    "memory:recorded/a")));
    assertThat(bench.ledger().commits().getLast().read())
        .containsExactly(
            new LoadedInput(
                "a",
                materialization.asset(),
                "",
                materialization.id(),
                "memory:recorded/a",
                null,
                3));
  }

  @Test
  @DisplayName("C34 an asset that was never materialized is named before the body runs")
  void namesAnAssetThatWasNeverMaterialized() {
    bench.asset("a");
    bench.asset("b").input("a", Long.class).computed(this::keep);
    var failure = failure(bench.run("b"));
    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED);
    assertThat(failure.message())
        .isEqualTo("load input 'a' of 'b': asset 'a' was never materialized: materialize it first");
    assertThat(given).isEmpty();
  }

  @Test
  void namesAManagerThatIsNotConfigured() {
    bench
        .asset("b")
        .input("a", Declarations.type(Long.class), in -> in.by("nowhere"))
        .computed(this::keep);
    var failure = failure(bench.run("b"));
    assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN_MANAGER);
    assertThat(failure.message()).contains("input 'a'", "'nowhere'");
  }

  @Test
  void closesTheStreamsItLoadedOnEveryPath() {
    var closed = new AtomicInteger();
    InputManager streams = _ -> Stream.of(1L, 2L).onClose(closed::incrementAndGet);
    bench.managers().put("streams", streams);
    var stream = Declarations.type(Stream.class, Long.class);
    bench
        .asset("reads")
        .input("a", stream, in -> in.by("streams"))
        .computed(arguments -> ((Stream<?>) arguments[0]).count());
    bench
        .asset("fails")
        .input("a", stream, in -> in.by("streams"))
        .computed(
            _ -> {
              throw new IllegalStateException("no");
            });
    bench.asset("mismatches").input("a", Declarations.type(Long.class), in -> in.by("streams"));
    bench
        .managers()
        .put(
            "maps",
            (InputManager)
                context ->
                    Map.of("x", streams.loadInput(context), "y", streams.loadInput(context)));
    bench
        .asset("maps")
        .input("a", Declarations.type(Map.class, String.class, Object.class), in -> in.by("maps"));
    var result = bench.run("reads", "fails", "mismatches", "maps");
    assertThat(result.counts()).containsOnly(Map.entry("succeeded", 2), Map.entry("failed", 2));
    assertThat(closed).hasValue(5);
  }

  @Test
  void aStreamIsReadWhileTheOutputIsStored() {
    var closed = new AtomicBoolean();
    var openAtStore = new AtomicBoolean();
    bench
        .managers()
        .put("streams", (InputManager) _ -> Stream.of(1L, 2L).onClose(() -> closed.set(true)));
    bench.recording("lake").onStore((_, _) -> openAtStore.set(!closed.get()));
    bench
        .asset("passes")
        .storedBy("lake")
        .returning(Stream.class, Long.class)
        .input("a", Declarations.type(Stream.class, Long.class), in -> in.by("streams"))
        .computed(arguments -> ((Stream<?>) arguments[0]).map(row -> row));
    assertThat(bench.run("passes").succeeded()).isTrue();
    assertThat(openAtStore).isTrue();
    assertThat(closed).isTrue();
  }
}

package io.stowage.io.caching;

import static io.stowage.fixture.Contexts.external;
import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.OutputContext;
import io.stowage.api.ResourceContext;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.fixture.RecordedInput;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.fixture.StoreSettings;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C65")
class CachingIoManagerTest {
  private static final Type LINES = generic(List.class, String.class);

  private final RecordingIoManager wrapped = new RecordingIoManager();
  private final IoManager caching = (IoManager) caching(Map.of(), wrapped);

  private static InputManager caching(Map<String, String> settings, InputManager wrapped) {
    var all = new HashMap<>(Map.of("wraps", "lake"));
    all.putAll(settings);
    return new CachingIoManagerFactory()
        .create(
            StoreSettings.of(CachingSettings.class, all),
            new ResourceContext() {
              @Override
              public String key() {
                return "cached";
              }

              @Override
              public <R> R resource(Class<R> type, String name) {
                assertThat(name).isEqualTo("lake");
                return type.cast(wrapped);
              }
            });
  }

  private RecordedOutput stored(String asset, String partition, String... lines) throws Exception {
    var context = output(asset, LINES, partition);
    caching.handleOutput(context, List.of(lines));
    return context;
  }

  @Test
  void loadsOnceWhatTheLedgerNames() throws Exception {
    RecordedInput context = input(LINES, stored("a", "p", "x"));

    Object first = caching.loadInput(context);
    Object second = caching.loadInput(context);

    assertThat(first).isEqualTo(List.of("x")).isSameAs(second);
    assertThat(wrapped.loads()).hasSize(1);
    assertThat(context.added()).containsKey("cached");
  }

  @Test
  void tellsAgainWhatTheWrappedManagerToldOfTheValueButNotWhatTheLoadCost() throws Exception {
    var telling =
        new IoManager() {
          @Override
          public void handleOutput(OutputContext context, @Nullable Object value) throws Exception {
            wrapped.handleOutput(context, value);
          }

          @Override
          public @Nullable Object loadInput(InputContext context) throws Exception {
            context.addInputMetadata("quarantined", 2);
            context.addInputMetadata("seconds", 0.5);
            return wrapped.loadInput(context);
          }
        };
    var cached = caching(Map.of(), telling);
    RecordedInput context = input(LINES, stored("a", "p", "x"));
    cached.loadInput(context);
    RecordedInput later = context.options(Map.of()); // a copy, of which nothing was told

    cached.loadInput(later);

    assertThat(wrapped.loads()).hasSize(1);
    assertThat(later.added())
        .containsOnly(
            Map.entry("quarantined", MetadataValue.of("quarantined", 2)),
            Map.entry("cached", MetadataValue.of("cached", true)));
  }

  @Test
  void loadsWhatIsNewerAndForgetsTheOlder() throws Exception {
    RecordedInput old = input(LINES, stored("a", "p", "old"));
    caching.loadInput(old);
    RecordedInput newer = input(LINES, stored("a", "p", "new"));

    assertThat(caching.loadInput(newer)).isEqualTo(List.of("new"));
    assertThat(caching.loadInput(newer)).isEqualTo(List.of("new"));
    assertThat(wrapped.loads()).hasSize(2);
  }

  @Test
  void seesAMaterializationThatAnotherWorkerCommitted() throws Exception {
    var out = stored("a", "p", "old");
    caching.loadInput(input(LINES, out));
    wrapped.handleOutput(output("a", LINES, "p"), List.of("elsewhere"));

    assertThat(caching.loadInput(input(LINES, out)))
        .as("the same place, another materialization")
        .isEqualTo(List.of("elsewhere"));
    assertThat(((CachingIoManager) caching).cache().size()).isEqualTo(1);
  }

  @Test
  void tellsTypesOptionsAndPartitionsApart() throws Exception {
    var p = stored("a", "p", "1");
    var q = stored("a", "q", "2");
    var both = input(LINES, p, q);

    assertThat(caching.loadInput(both)).isEqualTo(List.of("1", "2"));
    assertThat(caching.loadInput(input(LINES, p))).isEqualTo(List.of("1"));
    assertThat(caching.loadInput(input(generic(Map.class, String.class, LINES), p, q)))
        .isEqualTo(Map.of("p", List.of("1"), "q", List.of("2")));
    caching.loadInput(both.options(Map.of("columns", "a")));
    assertThat(wrapped.loads()).hasSize(4);
    caching.loadInput(both);
    assertThat(wrapped.loads()).hasSize(4);
    stored("a", "q", "3");
    assertThat(((CachingIoManager) caching).cache().size()).as("that without q").isEqualTo(1);
  }

  @Test
  void loadsStreamsAndExternalAssetsEachTime() throws Exception {
    RecordedInput stream = input(generic(Stream.class, String.class), stored("a", "p", "x"));
    for (int i = 0; i < 2; i++) {
      try (var rows = (Stream<?>) Objects.requireNonNull(caching.loadInput(stream))) {
        assertThat(rows.toList().toString()).isEqualTo("[x]");
      }
    }
    assertThat(wrapped.loads()).hasSize(2);
    var outside = (InputManager) caching(Map.of(), (InputManager) _ -> new Object());
    RecordedInput external = external(Object.class, "raw");
    assertThat(outside.loadInput(external)).isNotSameAs(outside.loadInput(external));
    InputManager bytes = caching(Map.of(), (InputManager) _ -> InputStream.nullInputStream());
    RecordedInput read = input(InputStream.class, stored("b", "p", "x"));
    assertThat(bytes.loadInput(read)).isNotSameAs(bytes.loadInput(read));
  }

  @Test
  void keepsNull() throws Exception {
    var context = output("n", String.class);
    caching.handleOutput(context, null);
    RecordedInput in = input(String.class, context);

    assertThat(caching.loadInput(in)).isNull();
    assertThat(caching.loadInput(in)).isNull();
    assertThat(wrapped.loads()).hasSize(1);
  }

  @Test
  void refusesChangesOfWhatIsShared() throws Exception {
    var list = (List<?>) Objects.requireNonNull(caching.loadInput(input(LINES, stored("a", "p"))));

    assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void keepsNoMoreThanItMay() throws Exception {
    var small = (IoManager) caching(Map.of("max-entries", "2"), wrapped);
    RecordedInput a = input(LINES, stored("a", "p", "1"));
    RecordedInput b = input(LINES, stored("b", "p", "1"));
    RecordedInput c = input(LINES, stored("c", "p", "1"));
    for (RecordedInput each : List.of(a, b, a, c, a, b)) {
      small.loadInput(each);
    }

    assertThat(wrapped.loads().stream().map(InputContext::asset).map(Object::toString))
        .as("b was not asked for the longest")
        .containsExactly("a", "b", "c", "b");
    var weighed = (IoManager) caching(Map.of("max-bytes", "1000"), wrapped);
    weighed.loadInput(a);
    weighed.loadInput(a);
    assertThat(wrapped.loads()).as("of unknown size, so not kept").hasSize(6);
  }

  @Test
  void boundsTheStoredBytes() {
    var cache = new ValueCache(10, 100);
    for (String name : List.of("a", "b", "c")) {
      cache.keep(place(name), new ValueCache.Entry(List.of("1"), name, Map.of(), 40));
    }
    cache.keep(place("d"), new ValueCache.Entry(List.of("1"), "too large", Map.of(), 101));

    assertThat(cache.find(place("a"), List.of("1"))).isEmpty();
    assertThat(cache.find(place("b"), List.of("1"))).isPresent();
    assertThat(cache.find(place("c"), List.of("2"))).as("another version").isEmpty();
    assertThat(cache.size()).isEqualTo(1);
  }

  private static ValueCache.Place place(String asset) {
    return new ValueCache.Place(
        io.stowage.api.AssetKey.of(asset), List.of(), LINES, false, Map.of(), Map.of());
  }

  @Test
  void onlyLoadsWhereTheWrappedOneOnlyLoads() {
    InputManager loads =
        new InputManager() {
          @Override
          public @Nullable Object loadInput(InputContext context) {
            return null;
          }
        };
    InputManager around = caching(Map.of(), loads);

    assertThat(around).isNotInstanceOf(IoManager.class);
  }

  @Test
  void refusesBoundsThatKeepNothing() {
    assertThatThrownBy(() -> caching(Map.of("max-entries", "0"), wrapped))
        .hasMessageContaining("stowage.io.cached.max-entries is 0");
    assertThatThrownBy(() -> caching(Map.of("max-bytes", "-5"), wrapped))
        .hasMessageContaining("stowage.io.cached.max-bytes is -5");
  }

  @Test
  void keepsWhatWasLoadedWhereAStoreFails() throws Exception {
    RecordedInput context = input(LINES, stored("a", "p", "x"));
    caching.loadInput(context);
    wrapped.onStore(
        (OutputContext _, @Nullable Object _) -> {
          throw new IllegalStateException("full");
        });

    assertThatThrownBy(() -> stored("a", "p", "y")).hasMessage("full");
    caching.loadInput(context);
    assertThat(wrapped.loads()).hasSize(1);
  }

  @Test
  void loadsOnceForAllWhoAskAtTheSameTime() throws Exception {
    RecordedInput context = input(LINES, stored("a", "p", "x"));
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    wrapped.onLoad(
        _ -> {
          begun.countDown();
          go.await();
        });
    var first = new FutureTask<>(() -> caching.loadInput(context));
    var second = new FutureTask<>(() -> caching.loadInput(context));
    Thread.ofVirtual().start(first);
    begun.await();
    Thread waiting = Thread.ofVirtual().start(second);
    await().until(() -> waiting.getState() == Thread.State.WAITING);
    go.countDown();

    assertThat(second.get()).isSameAs(first.get());
    assertThat(wrapped.loads()).hasSize(1);
  }

  @Test
  void keepsNoFailure() throws Exception {
    RecordedInput context = input(LINES, stored("a", "p", "x"));
    wrapped.onLoad(
        _ -> {
          throw new IllegalStateException("broken line");
        });
    assertThatThrownBy(() -> caching.loadInput(context)).hasMessage("broken line");
    wrapped.onLoad(_ -> {});
    assertThat(caching.loadInput(context)).isEqualTo(List.of("x"));
  }
}

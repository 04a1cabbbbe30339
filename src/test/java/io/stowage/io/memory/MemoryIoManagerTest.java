package io.stowage.io.memory;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.nothing;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.fixture.RecordedOutput;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MemoryIoManagerTest {
  private static final Type LIST = generic(List.class, String.class);
  private static final Type STREAM = generic(Stream.class, String.class);
  private static final Type MAP = generic(Map.class, String.class, String.class);

  private final MemoryIoManager manager = new MemoryIoManager("scratch", 3);

  private RecordedOutput stored(RecordedOutput context, Object value) {
    manager.handleOutput(context, value);
    return context;
  }

  @Test
  void givesBackTheVeryValue() {
    var value = new Object();
    assertThat(manager.loadInput(input(Object.class, stored(output("a", Object.class), value))))
        .isSameAs(value);
  }

  @Test
  void keepsTheLastValueOfEachAsset() {
    stored(output("a", String.class), "old");
    var context = stored(output("a", String.class), "new");

    assertThat(manager.loadInput(input(String.class, context))).isEqualTo("new");
    assertThat(context.object().location()).hasToString("memory:scratch/a");
  }

  @Test
  void keepsTheRowsOfAStream() {
    var context = stored(output("a", STREAM), Stream.of("1", "2"));

    assertThat(context.object().rows()).isEqualTo(2);
    assertThat(manager.loadInput(input(LIST, context))).isEqualTo(List.of("1", "2"));
    assertThat((Stream<?>) manager.loadInput(input(STREAM, context))).hasSize(2);
    assertThat((Stream<?>) manager.loadInput(input(STREAM, context))).as("again").hasSize(2);
  }

  @Test
  @DisplayName("C45: several partitions are a map, a list or a stream, in their order")
  void combinesPartitions() {
    var b = stored(output("a", String.class, "b"), "2");
    var a = stored(output("a", String.class, "a"), "1");

    assertThat(manager.loadInput(input(MAP, b, a))).hasToString("{b=2, a=1}");
    assertThat(manager.loadInput(input(LIST, b, a))).isEqualTo(List.of("2", "1"));
  }

  @Test
  @DisplayName("C46: a missing partition fails, or is left out with a warning")
  void namesWhatIsMissing() {
    var a = stored(output("a", String.class, "a"), "1");

    assertThatThrownBy(() -> manager.loadInput(nothing(String.class, "x/y")))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
        .hasMessageContainingAll("'x/y'", "'scratch'", "materialize it in the same run");
    assertThatThrownBy(() -> manager.loadInput(input(MAP, List.of("a", "b"), a)))
        .hasMessageContaining("'a' partition 'b'");
    var lenient = input(MAP, List.of("a", "b"), a).allowingMissing();
    assertThat(manager.loadInput(lenient)).isEqualTo(Map.of("a", "1"));
    assertThat(lenient.logged()).as("the engine has told what was never committed").isEmpty();
    var gone = output("a", String.class, "c");
    gone.stored(new StoredObject(URI.create("memory:scratch/a/c"), null, null, -1, -1, null));
    var forgotten = input(MAP, List.of("a", "c"), a, gone).allowingMissing();
    assertThat(manager.loadInput(forgotten)).isEqualTo(Map.of("a", "1"));
    assertThat(forgotten.logged()).singleElement().asString().contains("goes without");
  }

  @Test
  @DisplayName("C51: of the past only what is the last still is given")
  void refusesWhatWasReplaced() {
    var first = stored(output("a", String.class), "old");
    assertThat(manager.loadInput(input(String.class, first).past())).isEqualTo("old");
    var last = stored(output("a", String.class).ofRun("later"), "new");

    assertThat(manager.loadInput(input(String.class, last).past())).isEqualTo("new");
    assertThatThrownBy(() -> manager.loadInput(input(String.class, first).past()))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED))
        .hasMessageContainingAll("'a' was replaced by run later", "keeps the last value alone");
  }

  @Test
  void refusesMoreValuesThanItMayKeep() {
    for (String key : List.of("a", "b", "c", "a")) {
      stored(output(key, String.class), key);
    }
    assertThatThrownBy(() -> stored(output("d", String.class), "d"))
        .hasMessageContaining("stowage.io.scratch.max-values");
  }
}

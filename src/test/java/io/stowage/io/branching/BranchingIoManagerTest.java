package io.stowage.io.branching;

import static io.stowage.fixture.Contexts.generic;
import static io.stowage.fixture.Contexts.input;
import static io.stowage.fixture.Contexts.nothing;
import static io.stowage.fixture.Contexts.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.Materialization;
import io.stowage.api.OutputContext;
import io.stowage.api.ResourceContext;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.fixture.RecordedInput;
import io.stowage.fixture.RecordedOutput;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.fixture.StoreSettings;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C6")
class BranchingIoManagerTest {
  private static final Type LINES = generic(List.class, String.class);

  private final RecordingIoManager branch = new RecordingIoManager();
  private final RecordingIoManager parent = new RecordingIoManager();
  private final IoManager branching = branching(branch);

  private IoManager branching(InputManager at) {
    return branching(at, parent);
  }

  private static IoManager branching(InputManager at, InputManager from) {
    return new BranchingIoManagerFactory()
        .create(
            StoreSettings.of(
                BranchingSettings.class, Map.of("branch", "dev", "parent", "production")),
            context(at, from));
  }

  private static ResourceContext context(InputManager at, InputManager from) {
    return new ResourceContext() {
      @Override
      public String key() {
        return "lake";
      }

      @Override
      public <R> R resource(Class<R> type, String name) {
        return type.cast(name.equals("dev") ? at : from);
      }
    };
  }

  private static RecordedOutput stored(IoManager by, String partition, String... lines)
      throws Exception {
    var context = output("a", LINES, partition);
    by.handleOutput(context, List.of(lines));
    return context;
  }

  @Test
  void storesInTheBranchAndSaysSo() throws Exception {
    var context = stored(branching, "p", "new");

    assertThat(branch.stores()).hasSize(1);
    assertThat(parent.stores()).isEmpty();
    assertThat(context.added()).containsKey("branch.dev");
    assertThat(branching.loadInput(input(LINES, context))).isEqualTo(List.of("new"));
    assertThat(parent.loads()).isEmpty();
  }

  @Test
  void loadsFromTheParentWhatTheParentStored() throws Exception {
    var old = stored(parent, "p", "production");
    stored(branching, "p", "branch");

    assertThat(branching.loadInput(input(LINES, old))).isEqualTo(List.of("production"));
    assertThat(branch.loads()).isEmpty();
  }

  @Test
  void keepsKeysAndValuesTogetherWherePartitionsLieOnBothSides() throws Exception {
    var a = stored(parent, "a", "1");
    var b = stored(branching, "b", "2", "3");
    var c = stored(branching, "c", "4");
    var d = stored(parent, "d", "5");
    // What the other side has under these keys must not be seen.
    stored(branch, "a", "wrong");
    stored(parent, "b", "wrong");

    assertThat(branching.loadInput(input(generic(Map.class, String.class, LINES), d, b, a, c)))
        .hasToString("{d=[5], b=[2, 3], a=[1], c=[4]}");
    assertThat(branching.loadInput(input(LINES, a, b, c, d)))
        .isEqualTo(List.of("1", "2", "3", "4", "5"));
    assertThat(branching.loadInput(input(LINES, b, a, c))).isEqualTo(List.of("2", "3", "1", "4"));
    assertThat(rows(input(generic(Stream.class, String.class), b, a, d, c)))
        .containsExactly("2", "3", "1", "5", "4");
  }

  /** Tells of each load as the built-in managers do. */
  private static IoManager telling(IoManager wrapped, String side) {
    return new IoManager() {
      @Override
      public void handleOutput(OutputContext context, @Nullable Object value) throws Exception {
        wrapped.handleOutput(context, value);
      }

      @Override
      public @Nullable Object loadInput(InputContext context) throws Exception {
        var partitions =
            context.materializations().stream().map(Materialization::partition).toList();
        context.addInputMetadata("quarantined", partitions.size());
        context.addInputMetadata("seconds", 0.25);
        context.addInputMetadata("side", side);
        context.addInputMetadata(
            "quarantined_first",
            MetadataValue.table(List.of("object"), partitions.stream().map(List::of).toList()));
        return wrapped.loadInput(context);
      }
    };
  }

  @Test
  void whatBothSidesTellOfTheirPartsIsToldTogether() throws Exception {
    var told = branching(telling(branch, "branch"), telling(parent, "parent"));
    var a = stored(parent, "a", "1");
    var b = stored(told, "b", "2");
    var c = stored(told, "c", "3");
    var d = stored(parent, "d", "4");

    for (Type type : List.of(LINES, generic(Map.class, String.class, LINES))) {
      var context = input(type, a, b, c, d);
      told.loadInput(context);

      assertThat(context.added().get("quarantined")).isEqualTo(MetadataValue.of("x", 4));
      assertThat(context.added().get("seconds"))
          .isIn(MetadataValue.of("x", 0.5), MetadataValue.of("x", 0.75));
      assertThat(context.added().get("side")).isEqualTo(MetadataValue.of("x", "parent"));
      assertThat(((MetadataValue.Table) context.added().get("quarantined_first")).rows())
          .containsExactlyInAnyOrder(List.of("a"), List.of("b"), List.of("c"), List.of("d"));
    }
  }

  private List<Object> rows(RecordedInput context) throws Exception {
    try (var rows = (Stream<?>) Objects.requireNonNull(branching.loadInput(context))) {
      return rows.collect(java.util.stream.Collectors.toList());
    }
  }

  @Test
  void opensOneSideAfterTheOther() throws Exception {
    var a = stored(parent, "a", "1");
    var b = stored(branching, "b", "2");

    try (var rows =
        (Stream<?>)
            Objects.requireNonNull(
                branching.loadInput(input(generic(Stream.class, String.class), a, b)))) {
      var pulled = rows.iterator();
      assertThat(pulled.next()).isEqualTo("1");
      assertThat(branch.loads()).isEmpty();
      assertThat(pulled.next()).isEqualTo("2");
      assertThat(pulled.hasNext()).isFalse();
    }
  }

  @Test
  void tellsEachSideOnlyOfItsOwnPartitions() throws Exception {
    var a = stored(parent, "a", "1");
    var b = stored(branching, "b", "2");
    branching.loadInput(input(generic(Map.class, String.class, LINES), a, b));

    InputContext asked = branch.loads().getFirst();
    assertThat(asked.partition()).hasToString("b");
    assertThat(asked.materializations()).hasSize(1);
    assertThat(asked.byPartition()).isTrue();
    assertThat(asked.asset()).hasToString("a");
    assertThat(parent.loads().getFirst().partitions()).hasToString("[a]");
  }

  @Test
  void leavesOutOrRefusesWhatNeitherHas() throws Exception {
    var b = stored(branching, "b", "2");
    var wanted = List.of("a", "b");

    assertThat(branching.loadInput(input(LINES, wanted, b).allowingMissing()))
        .isEqualTo(List.of("2"));
    assertThatThrownBy(() -> branching.loadInput(input(LINES, wanted, b)))
        .hasMessageContaining("'a'");
    assertThatThrownBy(() -> branching.loadInput(nothing(LINES, "never")))
        .hasMessageContaining("'never'");
  }

  @Test
  void loadsAnAssetWithoutPartitions() throws Exception {
    var context = output("plain", LINES);
    branching.handleOutput(context, List.of("x"));

    assertThat(branching.loadInput(input(LINES, context))).isEqualTo(List.of("x"));
    assertThat(parent.loads()).isEmpty();
  }

  @Test
  void refusesABranchThatOnlyLoads() {
    InputManager loads =
        new InputManager() {
          @Override
          public @Nullable Object loadInput(InputContext context) {
            return null;
          }
        };
    assertThatThrownBy(() -> branching(loads))
        .hasMessageContaining("stowage.io.lake.branch is 'dev', which only loads");
    assertThatThrownBy(
            () ->
                new BranchingIoManagerFactory()
                    .create(
                        StoreSettings.of(
                            BranchingSettings.class, Map.of("branch", "x", "parent", "x")),
                        context(branch, parent)))
        .hasMessageContaining("are both 'x'");
  }
}

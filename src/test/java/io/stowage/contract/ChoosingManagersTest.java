package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetKey;
import io.stowage.api.AssetOut;
import io.stowage.api.Input;
import io.stowage.api.InputManager;
import io.stowage.api.MultiAsset;
import io.stowage.api.OutputContext;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which manager serves what. */
class ChoosingManagersTest {
  @Vetoed
  @AssetGroup
  static class Plain {
    @Asset
    long one() {
      return 1;
    }

    @Asset(ioManager = "lake")
    long two(long one) {
      return one + 1;
    }

    record Parts(@AssetOut(ioManager = "sheets") long left, long right, long other) {}

    @MultiAsset(ioManager = "lake")
    Parts parts(long two) {
      return new Parts(two, two, two);
    }
  }

  @Vetoed
  @AssetGroup(value = "group", ioManager = "lake")
  static class Grouped {
    @Asset
    long three() {
      return 3;
    }

    @Asset(ioManager = "default")
    long four(long three) {
      return three + 1;
    }
  }

  private static List<String> stored(RecordingIoManager manager) {
    return manager.stores().stream().map(OutputContext::asset).map(AssetKey::toString).toList();
  }

  @Test
  @Tag("C1")
  @Tag("C2")
  @Tag("C3")
  void eachOutputNamesItsManagerAndTheOthersKeepTheDefault() {
    var byDefault = new RecordingIoManager();
    var lake = new RecordingIoManager();
    var sheets = new RecordingIoManager();
    Materialize.assets(Plain.class, Grouped.class)
        .manager("default", byDefault)
        .manager("lake", lake)
        .manager("sheets", sheets)
        .run()
        .orThrow();
    assertThat(stored(byDefault)).containsExactlyInAnyOrder("one", "group/four");
    assertThat(stored(lake)).containsExactlyInAnyOrder("two", "right", "other", "group/three");
    assertThat(stored(sheets)).containsExactly("left");
    assertThat(byDefault.loads())
        .singleElement()
        .satisfies(of -> assertThat(of.asset().name()).isEqualTo("one"));
  }

  @Vetoed
  @AssetGroup("shop")
  static class Said {
    @Asset(
        options = {"sheet=orders", "mode=append"},
        metadata = {"owner=ann", "formula=a=b"})
    List<String> orders() {
      return List.of("a", "b");
    }

    @Asset(options = "sheet=counts")
    long count(
        @Input(
                options = {"columns=id"},
                metadata = "why=test")
            List<String> orders) {
      return orders.size();
    }
  }

  @Test
  @Tag("C8")
  @Tag("C9")
  void optionsAndConstantsReachExactlyTheirCall() {
    var manager = new RecordingIoManager();
    Materialize.assets(Said.class).manager("default", manager).run().orThrow();
    var orders = manager.stores().getFirst();
    assertThat(orders.options()).isEqualTo(Map.of("sheet", "orders", "mode", "append"));
    assertThat(orders.definitionMetadata()).isEqualTo(Map.of("owner", "ann", "formula", "a=b"));
    var count = manager.stores().getLast();
    assertThat(count.options()).isEqualTo(Map.of("sheet", "counts"));
    assertThat(count.definitionMetadata()).isEmpty();
    var loaded = manager.loads().getFirst();
    assertThat(loaded.options()).isEqualTo(Map.of("columns", "id"));
    assertThat(loaded.metadata()).isEqualTo(Map.of("why", "test"));
    assertThat(loaded.upstreamOutput().options()).isEqualTo(orders.options());
    assertThat(loaded.upstreamOutput().definitionMetadata()).isEqualTo(orders.definitionMetadata());
    assertThat(loaded.upstreamOutput().ioManager()).contains("default");
  }

  @Test
  @Tag("C10")
  void aManagerThatOnlyLoadsStoresNothing() {
    InputManager loadsOnly = _ -> 1L;
    assertThatThrownBy(() -> Materialize.assets(Plain.class).manager("sheets", loadsOnly).run())
        .hasMessageContaining("asset 'left'")
        .hasMessageContaining("'sheets', which only loads");
  }
}

package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.IoManager;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.InputContexts;
import io.stowage.testing.Materialize;
import io.stowage.testing.OutputContexts;
import io.stowage.testing.ResourceContexts;
import io.stowage.testing.Settings;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestingAssetsTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-01-05");

  // docs: one
  @Test
  void oneAssetIsGivenItsInputs() {
    var result =
        Materialize.assets(ShopAssets.class)
            .input("shop/orders", "2026-01-05", List.of(new Order(MONDAY, "Ann", 3)))
            .select("shop/revenue")
            .partition("2026-01-05")
            .run();
    assertThat(result.value("shop/revenue")).isEqualTo(3.0);
  }

  // end

  // docs: failure
  @Test
  void aFailureIsInTheResult() {
    var result =
        Materialize.assets(ShopAssets.class).select("shop/revenue").partition("2026-01-05").run();
    assertThat(result.succeeded()).isFalse();
    assertThat(result.failure().orElseThrow().code()).isEqualTo(ErrorCode.NOT_MATERIALIZED);
    assertThatThrownBy(result::orThrow).hasMessageContaining("shop/orders");
  }

  // end

  // docs: manager
  private final IoManager poems =
      new PoemIoManagerFactory()
          .create(
              Settings.of(PoemSettings.class, Map.of("charset", "UTF-16")),
              ResourceContexts.of("poems").with("default", new MemoryObjectStore("default")));

  @Test
  void aManagerIsTestedAlone() throws Exception {
    var stored = OutputContexts.of("library/haiku", String.class).build();
    poems.handleOutput(stored, "An old silent pond");
    assertThat(stored.metadata()).containsEntry("lines", new MetadataValue.Int(1));

    var loaded = InputContexts.of(stored).build();
    assertThat(poems.loadInput(loaded)).isEqualTo("An old silent pond");
  }

  @Test
  void aManagerStandsInForAConfiguredOne() {
    var result = Materialize.assets(LibraryAssets.class).manager("poems", poems).run();
    assertThat(result.value("library/lines")).isEqualTo(2);
  }

  // end

  // docs: settings
  @Test
  void settingsAreMappedAsAWorkerMapsThem() {
    assertThat(Settings.of(PoemSettings.class, Map.of()).charset()).isNotNull();
    assertThatThrownBy(() -> Settings.of(PoemSettings.class, Map.of("charset", "Latin-0")))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("charset");
  }
  // end
}

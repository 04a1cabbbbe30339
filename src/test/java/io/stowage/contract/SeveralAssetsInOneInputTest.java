package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.Input;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.MonthlyPartitions;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An input over several assets: a list in the declared order, or a map by asset key. */
@Tag("C28")
class SeveralAssetsInOneInputTest {
  private static final String DAYS_FROM = "2026-01-01";
  private static final String DAYS_TO = "2026-02-01";

  @Vetoed
  @AssetGroup("shop")
  static class Shops {
    @Asset(ioManager = "north")
    @DailyPartitions(start = DAYS_FROM, end = DAYS_TO)
    long oslo() {
      return 1;
    }

    @Asset
    @DailyPartitions(start = DAYS_FROM, end = DAYS_TO)
    long basel() {
      return 2;
    }

    @Asset
    long rate() {
      return 10;
    }

    @Asset
    @DailyPartitions(start = DAYS_FROM, end = DAYS_TO)
    String listed(@Input(assets = {"shop/oslo", "shop/rate", "shop/basel"}) List<Long> parts) {
      return parts.toString();
    }

    @Asset
    @DailyPartitions(start = DAYS_FROM, end = DAYS_TO)
    String mapped(@Input(assets = {"shop/oslo", "shop/basel"}) Map<String, Long> parts) {
      return parts.toString();
    }

    @Asset
    @MonthlyPartitions(start = "2026-01", end = "2026-02")
    String months(
        @Input(
                assets = {"shop/basel", "shop/oslo"},
                allowMissingPartitions = true)
            Map<String, Map<String, Long>> parts) {
      return parts.toString();
    }

    @Asset
    @DailyPartitions(start = DAYS_FROM, end = DAYS_TO)
    String after(
        @Input(
                assets = {"shop/oslo", "shop/basel"},
                orderOnly = true)
            @Nullable List<Long> parts) {
      return "nothing but order: " + parts;
    }
  }

  private final Materialize shops = Materialize.assets(Shops.class).partition("2026-01-02");

  @Test
  void isAListInTheDeclaredOrder() {
    assertThat(run(shops, "shop/listed")).isEqualTo("[1, 10, 2]");
  }

  @Test
  void isAMapByAssetKey() {
    assertThat(run(shops, "shop/mapped")).isEqualTo("{shop/oslo=1, shop/basel=2}");
  }

  @Test
  void mapsThePartitionsOfEachAsset() {
    shops.select("shop/oslo", "shop/basel").partition("2026-01-02", "2026-01-03").run().orThrow();
    var months = shops.select("shop/months").partition("2026-01").run().orThrow();
    assertThat(months.value("shop/months", "2026-01"))
        .isEqualTo(
            "{shop/basel={2026-01-02=2, 2026-01-03=2}, shop/oslo={2026-01-02=1, 2026-01-03=1}}");
  }

  @Test
  void loadsEachThroughTheManagerThatStoredIt() {
    var north = new RecordingIoManager();
    run(shops.manager("north", north), "shop/listed");
    assertThat(north.loads())
        .singleElement()
        .satisfies(
            load -> {
              assertThat(load.inputName()).isEqualTo("parts");
              assertThat(load.asset()).hasToString("shop/oslo");
              assertThat(load.type()).isEqualTo(Long.class);
            });
  }

  @Test
  void loadsNothingWhereOnlyTheOrderMatters() {
    assertThat(run(shops, "shop/after")).isEqualTo("nothing but order: null");
  }

  @Test
  void namesTheAssetThatWasNeverMaterialized() {
    shops.select("shop/oslo", "shop/rate").run().orThrow();
    var failure = shops.select("shop/listed").run().failure().orElseThrow();
    assertThat(failure.message())
        .contains("'parts'", "'shop/basel'", "'2026-01-02'")
        .doesNotContain("shop/oslo");
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(OneValue.class, "'parts'", "List<T> or a Map<String, T>");
    assertRefused(RawMap.class, "'parts'", "List<T> or a Map<String, T>");
    assertRefused(Unknown.class, "shop/nobody", "Unknown.bad");
    assertRefused(OtherType.class, "OtherType.bad", "'parts'", "is a String");
    assertRefused(Twice.class, "'parts'", "twice");
    assertRefused(Both.class, "'parts'", "one asset and several");
  }

  private static Object run(Materialize shops, String asset) {
    var result = shops.select("shop/oslo", "shop/basel", "shop/rate", asset).run().orThrow();
    return java.util.Objects.requireNonNull(result.value(asset, "2026-01-02"));
  }

  private static void assertRefused(Class<?> group, String... words) {
    assertThatThrownBy(() -> Materialize.assets(group).run()).hasMessageContainingAll(words);
  }

  @Vetoed
  @AssetGroup("shop")
  static class OneValue {
    @Asset
    long a() {
      return 1;
    }

    @Asset
    long bad(@Input(assets = "shop/a") long parts) {
      return parts;
    }
  }

  @Vetoed
  @AssetGroup("shop")
  static class RawMap {
    @Asset
    long a() {
      return 1;
    }

    @Asset
    @SuppressWarnings("rawtypes")
    long bad(@Input(assets = "shop/a") Map parts) {
      return parts.size();
    }
  }

  @Vetoed
  @AssetGroup("shop")
  static class Unknown {
    @Asset
    long bad(@Input(assets = "shop/nobody") List<Long> parts) {
      return parts.size();
    }
  }

  @Vetoed
  @AssetGroup("shop")
  static class OtherType {
    @Asset
    long a() {
      return 1;
    }

    @Asset
    long bad(@Input(assets = "shop/a") List<String> parts) {
      return parts.size();
    }
  }

  @Vetoed
  @AssetGroup("shop")
  static class Twice {
    @Asset
    long a() {
      return 1;
    }

    @Asset
    long bad(@Input(assets = {"shop/a", "shop/a"}) List<Long> parts) {
      return parts.size();
    }
  }

  @Vetoed
  @AssetGroup("shop")
  static class Both {
    @Asset
    long a() {
      return 1;
    }

    @Asset
    long bad(@Input(value = "shop/a", assets = "shop/a") List<Long> parts) {
      return parts.size();
    }
  }
}

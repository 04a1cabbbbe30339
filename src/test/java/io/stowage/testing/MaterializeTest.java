package io.stowage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.InputManager;
import io.stowage.api.MultiAsset;
import io.stowage.api.StowageException;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.store.memory.MemoryObjectStore;
import jakarta.enterprise.inject.Vetoed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C63")
class MaterializeTest {
  record Order(String id, long amount) {}

  @Vetoed
  @AssetGroup(value = "shop", ioManager = "lake")
  static class Shop {
    private final long factor;

    Shop() {
      this(1);
    }

    Shop(long factor) {
      this.factor = factor;
    }

    @Asset
    @DailyPartitions(start = "2026-01-01")
    Stream<Order> orders(@Input(manager = "crm") Stream<Order> rawOrders) {
      return rawOrders.map(order -> new Order(order.id(), factor * order.amount()));
    }

    @Asset(tags = "report", attempts = 2)
    @DailyPartitions(start = "2026-01-01")
    long revenue(List<Order> orders, AssetContext context) {
      context.log().log(System.Logger.Level.INFO, "attempt {0}", context.attempt());
      if (orders.isEmpty() || context.tags().containsKey("broken")) {
        throw new IllegalStateException("no orders");
      }
      return orders.stream().mapToLong(Order::amount).sum();
    }

    @Asset
    @DailyPartitions(start = "2026-01-01")
    long tax(long revenue) {
      return revenue / 5;
    }

    @Asset
    void notice(@Input(mapping = Input.Mapping.ALL) Map<String, Long> revenue) {}

    record Parts(Optional<Long> big, long small) {}

    @MultiAsset
    @DailyPartitions(start = "2026-01-01")
    Parts parts(List<Order> orders) {
      return new Parts(Optional.empty(), orders.size());
    }
  }

  private static final List<Order> ORDERS = List.of(new Order("a", 10), new Order("b", 5));

  private static Materialize shop() {
    return Materialize.assets(Shop.class)
        .input("rawOrders", ORDERS)
        .select("shop/orders", "shop/revenue", "shop/tax", "shop/small")
        .partition("2026-01-02");
  }

  @Test
  void givesValuesRecordsAndEvents() {
    var result = shop().run().orThrow();
    assertThat(result.succeeded()).isTrue();
    assertThat(result.rows("shop/orders", Order.class)).isEqualTo(ORDERS);
    assertThat(result.value("shop/revenue", Long.class)).isEqualTo(15);
    assertThat(result.value("shop/tax", "2026-01-02")).isEqualTo(3L);
    assertThat(result.values("shop/small")).containsOnlyKeys("2026-01-02").containsValue(2L);
    assertThat(result.materializations())
        .extracting(made -> made.asset().toString())
        .containsExactlyInAnyOrder("shop/orders", "shop/revenue", "shop/tax", "shop/small");
    assertThat(result.materialization("shop/tax").runId()).isEqualTo(result.runId());
    assertThat(result.events("output_stored")).hasSize(4);
    assertThat(result.events("log"))
        .extracting(RunEvent::step, RunEvent::partition, RunEvent::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("shop/revenue", "2026-01-02", "attempt 1"));
    assertThat(result.outcomes("shop/tax")).containsEntry("2026-01-02", "succeeded");
  }

  @Test
  void anInstanceIsUsedAsItIs() {
    var result =
        Materialize.assets(new Shop(3))
            .input("rawOrders", ORDERS)
            .select("*shop/revenue")
            .partition("2026-01-02")
            .run();
    assertThat(result.value("shop/revenue")).isEqualTo(45L);
  }

  @Test
  void aFailedStepIsInTheResultAndItsValueSaysWhy() {
    var result = shop().tags(Map.of("broken", "")).run();
    assertThat(result.succeeded()).isFalse();
    var failure = result.failure().orElseThrow();
    assertThat(failure.step()).isEqualTo("shop/revenue");
    assertThat(failure.partition()).isEqualTo("2026-01-02");
    assertThat(failure.code()).isEqualTo(ErrorCode.ASSET_FAILED);
    assertThat(failure.message()).contains("no orders");
    assertThat(result.events("step_retried")).hasSize(1);
    assertThatThrownBy(() -> result.value("shop/revenue"))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("'shop/revenue' was not materialized: compute")
        .hasMessageContaining("no orders");
    assertThatThrownBy(() -> result.value("shop/tax"))
        .hasMessageContaining("skipped, since it needs shop/revenue[2026-01-02]");
    assertThatThrownBy(result::orThrow)
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ASSET_FAILED));
    assertThat(result.value("shop/orders")).isEqualTo(ORDERS);
  }

  @Test
  void aLaterRunLoadsWhatAnEarlierOneStored() {
    var shop = Materialize.assets(Shop.class).input("rawOrders", ORDERS);
    var first = shop.select("shop/orders").partition("2026-01-02", "2026-01-03").run().orThrow();
    assertThatThrownBy(() -> first.value("shop/orders"))
        .hasMessageContaining("[2026-01-02, 2026-01-03]: name one");
    var second = shop.select("shop/revenue").partition("2026-01-03").run().orThrow();
    assertThat(second.value("shop/revenue")).isEqualTo(15L);
    assertThatThrownBy(() -> second.value("shop/orders"))
        .hasMessageContaining("no part of this run, which had [shop/revenue[2026-01-03]]");
    shop.input("rawOrders", List.of(new Order("c", 1)))
        .select("shop/orders")
        .partition("2026-01-02")
        .run();
    assertThat(first.value("shop/orders", "2026-01-02"))
        .as("the first run's own")
        .isEqualTo(ORDERS);
    assertThat(second.failure()).isEmpty();
    var none = shop.select("shop/tax").partition("2026-01-04").run();
    assertThat(none.failure().orElseThrow().message())
        .contains("'shop/revenue' was never materialized for partition '2026-01-04'");
  }

  @Test
  void anotherOneOfTheSameClassesHasStorageOfItsOwn() {
    shop().run().orThrow();
    assertThat(
            Materialize.assets(Shop.class)
                .select("shop/revenue")
                .partition("2026-01-02")
                .run()
                .succeeded())
        .isFalse();
  }

  @Test
  void anAssetThatIsGivenAValueIsLoadedNotComputed() {
    var result =
        Materialize.assets(Shop.class)
            .input("shop/orders", "2026-01-02", ORDERS)
            .select("shop/revenue")
            .partition("2026-01-02")
            .run();
    assertThat(result.value("shop/revenue")).isEqualTo(15L);
    assertThatThrownBy(() -> Materialize.assets(Shop.class).input("shop/orders", ORDERS).run())
        .hasMessageContaining("partition");
    assertThatThrownBy(
            () ->
                Materialize.assets(Shop.class)
                    .input("shop/odrers", ORDERS)
                    .partition("2026-01-02")
                    .run())
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("'shop/odrers'")
        .hasMessageContaining("rawOrders");
  }

  @Test
  @Tag("C3")
  void aReadyMadeManagerStandsInPlaceOfAConfiguredOne() {
    var store = new MemoryObjectStore("lake");
    var lake = new AvroIoManager(store, Settings.of(AvroSettings.class, Map.of()));
    InputManager crm = _ -> ORDERS.stream();
    var result =
        Materialize.assets(Shop.class)
            .manager("lake", lake)
            .manager("crm", crm)
            .select("shop/orders", "shop/revenue", "shop/small")
            .partition("2026-01-02")
            .run()
            .orThrow();
    assertThat(result.value("shop/orders")).isEqualTo(ORDERS);
    assertThat(result.value("shop/revenue")).isEqualTo(15L);
    assertThat(result.materialization("shop/revenue").object().location().toString())
        .endsWith(".avro");
    assertThat(result.outcomes("shop/parts")).containsValue("succeeded");
    assertThatThrownBy(() -> result.value("shop/big")).hasMessageContaining("not emitted");
  }

  @Test
  @Tag("C10")
  void aManagerThatNobodyNamesOrThatOnlyLoadsIsRefused() {
    InputManager crm = _ -> ORDERS.stream();
    assertThatThrownBy(() -> shop().manager("lkae", crm))
        .hasMessageContaining("'lkae'")
        .hasMessageContaining("'lake'");
    assertThatThrownBy(() -> shop().manager("lake", crm).run())
        .hasMessageContaining(
            "asset 'shop/orders' is to be stored by IO manager 'lake', which only loads");
    var none = Materialize.assets(Shop.class).select("shop/orders").partition("2026-01-02").run();
    assertThat(none.failure().orElseThrow().message())
        .contains("no IO manager was given under 'crm'")
        .contains("input(\"rawOrders\", …)");
  }

  @Test
  void refusesWhatThereIsNot() {
    assertThatThrownBy(() -> shop().select("shop/revnue").run()).hasMessageContaining("revnue");
    assertThatThrownBy(() -> shop().partition("2025-01-01").run())
        .hasMessageContaining("2025-01-01");
    assertThatThrownBy(
            () -> shop().select("shop/tax").at(Instant.parse("2026-01-01T00:00:00Z")).run())
        .hasMessageContaining("2026-01-02");
    var result = Materialize.assets(Shop.class).select("shop/notice").run();
    assertThat(result.failure().orElseThrow().message()).contains("never materialized");
  }

  @Test
  void whatStoresNothingHasARecordButNoValue() {
    var shop = Materialize.assets(Shop.class).at(Instant.parse("2026-01-03T00:00:00Z"));
    var result =
        shop.input("shop/revenue", "2026-01-01", 1L)
            .input("shop/revenue", "2026-01-02", 2L)
            .select("shop/notice")
            .run()
            .orThrow();
    assertThat(result.materialization("shop/notice").object()).isNull();
    assertThatThrownBy(() -> result.value("shop/notice"))
        .hasMessageContaining("no IO manager stores one");
  }

  @Vetoed
  @AssetGroup("bad")
  static class Bad {
    @Asset
    long loop(long pool) {
      return pool;
    }

    @Asset
    long pool(long nobody) {
      return nobody;
    }

    @Asset
    private long hidden() {
      return 1;
    }

    @Asset(retryDelay = "soon")
    long late() {
      return 1;
    }
  }

  @Vetoed
  static class NoGroup {
    @Asset
    long one() {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup
  static class NeedsMore {
    NeedsMore(String what) {}

    @Asset
    long one() {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup
  static class Empty {}

  @Test
  void refusesAGraphThatCannotBeInTheWordsOfABuild() {
    assertThatThrownBy(() -> Materialize.assets(Bad.class))
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("parameter 'nobody' of " + Bad.class.getName() + ".pool is no asset")
        .hasMessageContaining("hidden computes an asset, so it must not be private")
        .hasMessageContaining("'soon' is no ISO-8601 duration");
    assertThatThrownBy(() -> Materialize.assets(NoGroup.class))
        .hasMessageContaining("annotate it @AssetGroup");
    assertThatThrownBy(() -> Materialize.assets(NeedsMore.class))
        .hasMessageContaining("give an instance");
    assertThatThrownBy(() -> Materialize.assets(Empty.class)).hasMessageContaining("no method");
    assertThatThrownBy(() -> Materialize.assets(Shop.class, new Shop(2)))
        .hasMessageContaining("given twice");
    assertThatThrownBy(Materialize::assets).hasMessageContaining("no classes");
  }

  @Vetoed
  @AssetGroup("low")
  static class Below extends Above {
    @Asset
    long second(long first) {
      return first + 1;
    }
  }

  @Vetoed
  abstract static class Above {
    @Asset
    static long first() {
      return 1;
    }
  }

  @Test
  void inheritedAndStaticMethodsCount() {
    var low = Materialize.assets(Below.class);
    assertThat(low.keys()).containsExactly("low/first", "low/second");
    assertThat(low.run().value("low/second")).isEqualTo(2L);
  }
}

package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.RetryRequested;
import io.stowage.api.StowageException;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.MonthlyPartitions;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.testing.Materialize;
import io.stowage.testing.Types;
import jakarta.enterprise.inject.Vetoed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a manager is told when it loads, what it may answer, and what becomes of it. */
class LoadingAssetsTest {
  @Vetoed
  @AssetGroup("shop")
  static class Shop {
    @Asset(metadata = "owner=ann", options = "sheet=orders")
    @DailyPartitions(start = "2026-01-01", end = "2026-02-01")
    List<Long> orders() {
      return List.of(1L, 2L);
    }

    @Asset(attempts = 3)
    @DailyPartitions(start = "2026-01-01", end = "2026-02-01")
    long total(@Input(options = "limit=5") Iterable<Long> orders) {
      long total = 0;
      for (long each : orders) {
        total += each;
      }
      return total;
    }

    @Asset
    @MonthlyPartitions(start = "2026-01", end = "2026-02")
    long month(Map<String, Long> total) {
      return total.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static Materialize shop() {
    return Materialize.assets(Shop.class)
        .select("shop/orders", "shop/total")
        .partition("2026-01-02");
  }

  @Test
  @Tag("C26")
  void theManagerIsToldOfTheInputAndOfWhatWasCommitted() {
    var manager = new RecordingIoManager();
    var result = shop().manager("default", manager).run().orThrow();
    var context = manager.loads().getFirst();
    assertThat(context.asset()).isEqualTo(AssetKey.of("shop/orders"));
    assertThat(context.inputName()).isEqualTo("orders");
    assertThat(context.step()).isEqualTo("shop/total");
    assertThat(context.type()).isEqualTo(Types.generic(Iterable.class, Long.class));
    assertThat(context.options()).isEqualTo(Map.of("limit", "5"));
    assertThat(context.upstreamOutput().asset()).isEqualTo(AssetKey.of("shop/orders"));
    assertThat(context.upstreamOutput().options()).isEqualTo(Map.of("sheet", "orders"));
    var committed = context.materialization().orElseThrow();
    assertThat(committed.id()).isEqualTo(result.materialization("shop/orders").id());
    assertThat(committed.object()).isEqualTo(result.materialization("shop/orders").object());
    assertThat(committed.metadata()).isEqualTo(result.metadata("shop/orders"));
    assertThat(context.partition().text()).isEqualTo("2026-01-02");
    assertThat(context.window().start().toString()).startsWith("2026-01-02");
    assertThat(context.byPartition()).isFalse();
  }

  @Vetoed
  @AssetGroup
  static class ByHand {
    @Asset
    long one() {
      return 1;
    }

    @Asset
    long two(
        @Input(manager = "source") long one,
        @Input(manager = "source", metadata = "table=t", options = "limit=5") long outside) {
      return one + outside;
    }
  }

  @Test
  @Tag("C27")
  void anInputManagerLoadsItsInputAndTheProducersIsNotAsked() {
    var stores = new RecordingIoManager();
    var result =
        Materialize.assets(ByHand.class)
            .manager("default", stores)
            .manager(
                "source",
                context -> {
                  if (context.asset().name().equals("outside")) {
                    assertThat(context.upstreamOutput().ioManager()).isEmpty();
                    assertThat(context.upstreamOutput().definitionMetadata())
                        .isEqualTo(Map.of("table", "t"));
                    assertThat(context.materialization()).isEmpty();
                    return 10L;
                  }
                  return 100L;
                })
            .run()
            .orThrow();
    assertThat(stores.loads()).isEmpty();
    assertThat(result.value("two")).isEqualTo(110L);
  }

  @Test
  @Tag("C29")
  void aManagerFailsWithItsMetadataAndTheBodyDoesNotRun() {
    var manager =
        new RecordingIoManager()
            .onLoad(
                context -> {
                  context.addInputMetadata("looked_in", "a drawer");
                  throw new StowageException(ErrorCode.BAD_DATA, "row 7 has no id");
                });
    var result =
        Materialize.assets(ByHand.class)
            .manager("default", manager)
            .manager("source", manager)
            .run();
    var failure = result.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
    assertThat(failure.message()).isEqualTo("load input 'one' of 'two': row 7 has no id");
    assertThat((Map<?, ?>) result.events("step_failed").getFirst().data().get("metadata"))
        .hasSize(1);
    assertThat(result.events("step_failed").getFirst().data()).doesNotContainKey("compute_seconds");
  }

  @Test
  @Tag("C30")
  void aManagerAsksForARetryAndTheStepsAttemptsCountIt() {
    int[] loads = {0};
    var manager =
        new RecordingIoManager()
            .onLoad(
                _ -> {
                  if (loads[0]++ < 2) {
                    throw new RetryRequested("not yet", Duration.ofMinutes(5));
                  }
                });
    var result = shop().manager("default", manager).run().orThrow();
    assertThat(result.value("shop/total")).isEqualTo(3L);
    assertThat(result.events("step_retried"))
        .extracting(event -> event.data().get("attempt"))
        .containsExactly(1, 2);
    assertThat(result.events("step_retried").getFirst().message()).contains("300");
  }

  @Test
  @Tag("C31")
  void whatWasLoadedMustBeOfTheDeclaredType() {
    var result =
        Materialize.assets(ByHand.class).manager("source", _ -> "a text").select("two").run();
    var failed = Materialize.assets(ByHand.class).manager("source", _ -> "a text").run().failure();
    assertThat(result.failure()).isPresent();
    assertThat(failed.orElseThrow().code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(failed.orElseThrow().message())
        .contains("input 'one' is a long, but a java.lang.String was loaded");
  }

  @Test
  @Tag("C32")
  @Tag("C33")
  void whatWasReadIsOnTheEventForOneAndForSeveralPartitions() {
    var manager =
        new RecordingIoManager()
            .onLoad(context -> context.addInputMetadata("looked_at", context.partitions().size()));
    var shop = Materialize.assets(Shop.class).manager("default", manager);
    var days =
        java.util.stream.IntStream.rangeClosed(1, 31).mapToObj("2026-01-%02d"::formatted).toList();
    var daily =
        shop.select("shop/orders", "shop/total")
            .partition(days.toArray(String[]::new))
            .run()
            .orThrow();
    var one = daily.events("input_loaded").getFirst();
    assertThat((List<?>) one.data().get("read"))
        .singleElement()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKeys("materialization", "location", "partition")
        .containsEntry("rows", 2L);
    var month = shop.select("shop/month").partition("2026-01").run().orThrow();
    assertThat(month.value("shop/month")).isEqualTo(93L);
    var several = month.events("input_loaded").getFirst();
    assertThat((List<?>) several.data().get("read")).hasSize(31);
    assertThat(several.data().get("metadata").toString()).contains("looked_at").contains("31");
  }

  @Test
  @Tag("C34")
  @Tag("C36")
  void anAssetThatIsNotInTheRunIsReadFromItsLastMaterialization() {
    var shop = Materialize.assets(Shop.class).partition("2026-01-02");
    var before = shop.select("shop/total").run();
    assertThat(before.failure().orElseThrow().code()).isEqualTo(ErrorCode.NOT_MATERIALIZED);
    assertThat(before.failure().orElseThrow().message())
        .contains("'shop/orders'")
        .contains("'2026-01-02'");
    assertThat(before.events("step_failed").getFirst().data()).doesNotContainKey("compute_seconds");
    shop.select("shop/orders").run().orThrow();
    assertThat(shop.select("shop/total").run().orThrow().value("shop/total")).isEqualTo(3L);
  }
}

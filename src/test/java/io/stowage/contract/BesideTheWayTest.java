package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetOut;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.InputContext;
import io.stowage.api.InputManager;
import io.stowage.api.Job;
import io.stowage.api.MultiAsset;
import io.stowage.api.Op;
import io.stowage.api.StowageException;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.MonthlyPartitions;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.testing.Materialize;
import io.stowage.testing.RunEvent;
import jakarta.enterprise.inject.Vetoed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cases beside the plain ones: outputs by several managers, ops in order, external inputs. */
class BesideTheWayTest {
  @Vetoed
  @AssetGroup("mixed")
  static class Mixed {
    final AtomicInteger called = new AtomicInteger();

    record Parts(
        @AssetOut(ioManager = "first") long count,
        @AssetOut(ioManager = "second") @Nullable String note) {}

    @MultiAsset(attempts = 2)
    Parts parts() {
      called.incrementAndGet();
      return new Parts(1, null);
    }

    @Asset
    String read(@Nullable String note) {
      return "note: " + note;
    }
  }

  @Test
  @Tag("C2")
  @Tag("C22")
  void anOutputOfSeveralMayBeNullAndIsReadAsNull() {
    var result = Materialize.assets(Mixed.class).run().orThrow();
    assertThat(result.value("mixed/note")).isNull();
    assertThat(result.value("mixed/read")).isEqualTo("note: null");
  }

  @Test
  @Tag("C2")
  @Tag("C37")
  void anotherAttemptStoresOnlyWhatTheFirstCouldNot() {
    var first = new RecordingIoManager();
    var failures = new AtomicInteger();
    var second =
        new RecordingIoManager()
            .onStore(
                (_, _) -> {
                  if (failures.getAndIncrement() == 0) {
                    throw new IllegalStateException("the disk is full");
                  }
                });
    var mixed = new Mixed();
    var result =
        Materialize.assets(mixed).manager("first", first).manager("second", second).run().orThrow();
    assertThat(mixed.called).hasValue(2);
    assertThat(first.stores()).hasSize(1);
    assertThat(second.stores()).hasSize(2);
    assertThat(result.materializations()).hasSize(3);
    assertThat(result.events("step_retried").getFirst().message())
        .contains("store output 'note'", "the disk is full");
  }

  @Vetoed
  @Job("errand")
  static class Errand {
    final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Op
    void prepare() {
      said.add("prepare");
    }

    @Op(after = "prepare")
    long work(
        @Input(manager = "outside", options = "sheet=1", metadata = "owner=ann") long orders) {
      said.add("work");
      return orders;
    }

    @Op
    void tidy(@Input(orderOnly = true) long work) {
      said.add("tidy " + work);
    }

    @Op
    void wave(@Input(orderOnly = true) Void prepare) {
      said.add("wave");
    }
  }

  @Test
  @Tag("C8")
  @Tag("C9")
  @Tag("C23")
  @Tag("C27")
  void opsComeInOrderAndAnInputOfAnOpHasOptionsAndConstantsOfItsOwn() {
    var loads = new ArrayList<InputContext>();
    InputManager outside =
        context -> {
          loads.add(context);
          return 7L;
        };
    var errand = new Errand();
    var result =
        Materialize.assets(errand).manager("outside", outside).job("errand").run().orThrow();
    assertThat(errand.said).containsSubsequence("prepare", "work", "tidy 0").contains("wave");
    assertThat(result.value("errand/work")).isEqualTo(7L);
    assertThat(loads).hasSize(1);
    InputContext context = loads.getFirst();
    assertThat(context.options()).containsExactly(Map.entry("sheet", "1"));
    assertThat(context.metadata()).containsExactly(Map.entry("owner", "ann"));
    assertThat(context.upstreamOutput().asset()).hasToString("orders");
  }

  @Vetoed
  @AssetGroup("calendar")
  static class Calendar {
    @Asset
    @MonthlyPartitions(start = "2026-01", end = "2026-03")
    long month(
        @Input(manager = "outside", metadata = "source=erp") Map<String, Long> sales,
        @Input(mapping = Input.Mapping.TIME_WINDOWS) List<Long> day) {
      return sales.values().stream().mapToLong(Long::longValue).sum() + day.size();
    }

    @Asset
    @DailyPartitions(start = "2026-01-01", end = "2026-03-01")
    long day() {
      return 1;
    }
  }

  @Test
  @Tag("C27")
  @Tag("C26")
  void anExternalInputOfAPartitionedAssetIsToldOfThePartitionsAndItsConstants() {
    var loads = new ArrayList<InputContext>();
    InputManager outside =
        context -> {
          loads.add(context);
          return Map.of("2026-02", 5L);
        };
    var assets = Materialize.assets(Calendar.class).manager("outside", outside);
    for (int day = 1; day <= 28; day++) {
      assets.select("calendar/day").partition("2026-02-%02d".formatted(day)).run().orThrow();
    }
    var result = assets.select("calendar/month").partition("2026-02").run().orThrow();
    assertThat(result.value("calendar/month", "2026-02")).isEqualTo(33L);
    InputContext context = loads.getFirst();
    assertThat(context.upstreamOutput().ioManager()).isEmpty();
    assertThat(context.partitions()).extracting(key -> key.text()).containsExactly("2026-02");
    assertThat(context.metadata()).containsExactly(Map.entry("source", "erp"));
  }

  @Vetoed
  @AssetGroup("chain")
  static class Chain {
    @Asset
    long first() {
      throw new IllegalStateException("no source");
    }

    @Asset
    long second(long first) {
      return first;
    }

    @Asset
    long third(long second) {
      return second;
    }

    @Asset(after = "chain/third")
    void last() {}
  }

  @Test
  @Tag("C39")
  void eachStepOfAChainIsSkippedForTheOneBeforeIt() {
    var result = Materialize.assets(Chain.class).run();
    assertThat(result.failures()).hasSize(1);
    assertThat(result.events("step_skipped"))
        .extracting(RunEvent::step, RunEvent::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "chain/second", "needs chain/first, which did not succeed"),
            org.assertj.core.groups.Tuple.tuple(
                "chain/third", "needs chain/second, which did not succeed"),
            org.assertj.core.groups.Tuple.tuple(
                "chain/last", "needs chain/third, which did not succeed"));
  }

  @Vetoed
  @AssetGroup("patient")
  static class Patient {
    @Asset(attempts = 3, retryDelay = "PT1S")
    long total(@Input(manager = "slow") long counted) {
      return counted;
    }
  }

  @Test
  @Tag("C37")
  void aLoadThatFailsAsTheAuthorsDoesIsTriedAgainWithTheStep() {
    var calls = new AtomicInteger();
    InputManager slow =
        _ -> {
          if (calls.incrementAndGet() < 3) {
            throw new StowageException(ErrorCode.BAD_DATA, "half a file");
          }
          return 4L;
        };
    var result = Materialize.assets(Patient.class).manager("slow", slow).run().orThrow();
    assertThat(result.value("patient/total")).isEqualTo(4L);
    assertThat(result.events("step_retried")).hasSize(2);
  }
}

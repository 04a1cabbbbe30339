package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.AssetKey;
import io.stowage.api.DynamicOutput;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.Job;
import io.stowage.api.MultiOp;
import io.stowage.api.Op;
import io.stowage.api.OpOut;
import io.stowage.api.Output;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.api.partition.MonthlyPartitions;
import io.stowage.fixture.RecordingIoManager;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.Materialize;
import io.stowage.testing.RunEvent;
import io.stowage.testing.Settings;
import jakarta.enterprise.inject.Vetoed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ops: values of a run, wired in a job, stored by managers below the run. */
class JobsTest {
  record Order(String id, long amount) {}

  @Vetoed
  @AssetGroup("shop")
  static class Shop {
    @Asset
    List<Order> orders() {
      return List.of(new Order("a", 2), new Order("b", 3));
    }
  }

  @Vetoed
  @Job(value = "billing", ioManager = "scratch", description = "Bills of the day")
  static class Billing {
    @Op(metadata = "owner=ann", options = "sheet=open", description = "Those not paid")
    Output<List<Order>> open(@Input("shop/orders") List<Order> orders, AssetContext context) {
      context.addOutputMetadata("seen", orders.size());
      return Output.of(orders.stream().filter(order -> order.amount() > 2).toList())
          .with("kept", 1);
    }

    @Op(ioManager = "letters")
    long total(List<Order> open) {
      return open.stream().mapToLong(Order::amount).sum();
    }

    record Parts(@OpOut(ioManager = "letters") String head, @OpOut Optional<String> reminder) {}

    @MultiOp
    Parts parts(long total) {
      return new Parts("total " + total, Optional.empty());
    }

    @Op
    String letter(String head) {
      return "Dear customer, " + head;
    }

    @Op
    String sent(String reminder) {
      return reminder;
    }

    @Op(after = "letter")
    void close() {}
  }

  private static Materialize billing() {
    return Materialize.assets(Shop.class, Billing.class).job("billing");
  }

  private static Materialize stocked() {
    var both = Materialize.assets(Shop.class, Billing.class);
    both.run().orThrow();
    return both.job("billing");
  }

  @Test
  @Tag("C38")
  void opsAreWiredByNameAndReadAssetsToo() {
    var result = stocked().run().orThrow();
    assertThat(result.rows("billing/open", Order.class)).containsExactly(new Order("b", 3));
    assertThat(result.value("billing/total")).isEqualTo(3L);
    assertThat(result.value("billing/letter")).isEqualTo("Dear customer, total 3");
    assertThat(result.outcomes("billing/close")).containsEntry("", "succeeded");
  }

  @Test
  @Tag("C38")
  void theSameJobRunTwiceKeepsBoth() {
    var store = new MemoryObjectStore("lake");
    var lake = new AvroIoManager(store, Settings.of(AvroSettings.class, Map.of()));
    var job = stocked().manager("scratch", lake);
    var first = job.run().orThrow();
    var second = job.run().orThrow();
    assertThat(first.rows("billing/open", Order.class)).containsExactly(new Order("b", 3));
    assertThat(store.list("@runs/" + first.runId() + "/billing/open/result/")).hasSize(1);
    assertThat(store.list("@runs/" + second.runId() + "/billing/open/result/")).hasSize(1);
    assertThat(first.materialization("billing/open").asset())
        .isEqualTo(AssetKey.ofRun(first.runId(), "billing/open", "result"));
  }

  @Test
  @Tag("C2")
  void anOpAnOutputAndAWholeJobNameTheirManager() {
    var scratch = new RecordingIoManager();
    var letters = new RecordingIoManager();
    stocked().manager("scratch", scratch).manager("letters", letters).run();
    assertThat(scratch.stores().stream().map(each -> each.step() + " " + each.outputName()))
        .containsExactlyInAnyOrder("billing/open result", "billing/letter result");
    assertThat(letters.stores().stream().map(each -> each.step() + " " + each.outputName()))
        .containsExactlyInAnyOrder("billing/total result", "billing/parts head");
  }

  @Test
  @Tag("C11")
  void theManagerIsToldOfTheJobTheOpAndItsOutput() {
    var scratch = new RecordingIoManager();
    var result = stocked().manager("scratch", scratch).run();
    var context =
        scratch.stores().stream()
            .filter(each -> each.step().equals("billing/open"))
            .findFirst()
            .orElseThrow();
    assertThat(context.jobName()).isEqualTo("billing");
    assertThat(context.outputName()).isEqualTo("result");
    assertThat(context.runId()).isEqualTo(result.runId());
    assertThat(context.asset()).hasToString("@runs/" + result.runId() + "/billing/open/result");
    assertThat(context.definitionMetadata()).isEqualTo(Map.of("owner", "ann"));
    assertThat(context.options()).isEqualTo(Map.of("sheet", "open"));
    assertThat(context.valueMetadata()).containsOnlyKeys("seen", "kept");
    assertThat(context.mappingKey()).isEmpty();
  }

  @Test
  void whatNeedsAnOptionalOutputThatWasNotEmittedIsSkipped() {
    var result = stocked().run().orThrow();
    assertThat(result.outcomes("billing/sent")).containsEntry("", "skipped");
    assertThat(result.events("step_skipped").getFirst().message())
        .contains("an optional output that was not emitted");
  }

  @Test
  void anAssetThatWasNeverMaterializedFailsTheOpThatReadsIt() {
    var failure = billing().run().failure().orElseThrow();
    assertThat(failure.step()).isEqualTo("billing/open");
    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_MATERIALIZED);
  }

  @Test
  void opsAreNoAssets() {
    assertThat(billing().keys()).containsExactly("shop/orders");
    assertThatThrownBy(
            () -> Materialize.assets(Shop.class, Billing.class).select("billing/open").run())
        .isInstanceOf(StowageException.class)
        .hasMessage("'billing/open' is an op of job 'billing', and no asset: ask for the job");
    assertThatThrownBy(() -> billing().job("biling").run())
        .hasMessage("there is no job 'biling': there are [billing]");
  }

  @Vetoed
  @Job
  static class Almanac {
    final AtomicInteger fails = new AtomicInteger();
    final List<String> emitted = new ArrayList<>();

    @Op
    Stream<DynamicOutput<List<Order>>> customers() {
      return Stream.of("ann", "bob/..", "cy").map(this::orders);
    }

    private DynamicOutput<List<Order>> orders(String name) {
      emitted.add(name);
      return DynamicOutput.of(name.replace('/', ' '), List.of(new Order(name, name.length())))
          .with("letters", name.length());
    }

    @Op
    long amount(List<Order> customers, AssetContext context) {
      if (context.mappingKey().orElseThrow().equals("cy") && fails.getAndDecrement() > 0) {
        throw new IllegalStateException("no change");
      }
      return customers.stream().mapToLong(Order::amount).sum();
    }

    @Op
    Optional<String> big(long amount) {
      return amount > 2 ? Optional.of("> " + amount) : Optional.empty();
    }

    @Op
    String praised(String big) {
      return big + "!";
    }

    @Op
    String index(
        Map<String, Long> amount, @Input("customers") List<List<Order>> all, List<String> praised) {
      return amount + " " + all.size() + " " + praised;
    }
  }

  @Test
  void aDynamicOutputIsMappedAndCollectedInTheOrderOfEmission() {
    var result = Materialize.assets(Almanac.class).run().orThrow();
    assertThat(result.value("almanac/index")).isEqualTo("{ann=3, bob ..=6, cy=2} 3 [> 3!, > 6!]");
    assertThat(result.values("almanac/amount"))
        .isEqualTo(Map.of("ann", 3L, "bob ..", 6L, "cy", 2L));
    assertThat(result.value("almanac/amount", "ann")).isEqualTo(3L);
    assertThat(result.metadata("almanac/customers", "ann"))
        .containsEntry("letters", new MetadataValue.Int(3));
    assertThat(
            result.events("step_succeeded").stream()
                .map(RunEvent::step)
                .filter(step -> step.startsWith("almanac/amount[")))
        .containsExactlyInAnyOrder(
            "almanac/amount[ann]", "almanac/amount[bob ..]", "almanac/amount[cy]");
  }

  @Test
  void aManagerIsToldOfTheMappingKeyWhichIsAFolderOfItsOwn() {
    var store = new MemoryObjectStore("lake");
    var lake = new AvroIoManager(store, Settings.of(AvroSettings.class, Map.of()));
    var told = new RecordingIoManager();
    Materialize.assets(Almanac.class).manager("default", told).run();
    assertThat(
            told.stores().stream()
                .filter(each -> each.step().equals("almanac/customers"))
                .map(each -> each.mappingKey().orElseThrow()))
        .containsExactly("ann", "bob ..", "cy");
    var run = Materialize.assets(Almanac.class).manager("default", lake).run().orThrow();
    assertThat(
            store
                .list("@runs/" + run.runId() + "/almanac/amount/result/")
                .map(each -> each.key().path().split("/")[5]))
        .containsExactlyInAnyOrder("ann", "bob%20..", "cy");
  }

  @Test
  void oneMappingKeyThatFailsFailsTheOpAndLetsTheOthersEnd() {
    var almanac = new Almanac();
    almanac.fails.set(1);
    var result = Materialize.assets(almanac).run();
    assertThat(result.failures()).hasSize(1);
    assertThat(result.failure().orElseThrow().message())
        .contains("compute 'almanac/amount[cy]'")
        .contains("no change");
    assertThat(result.values("almanac/amount")).containsOnlyKeys("ann", "bob ..");
    assertThat(result.outcomes("almanac/index")).containsEntry("", "skipped");
  }

  @Vetoed
  @Job("emptyHanded")
  static class EmptyHanded {
    @Op
    List<DynamicOutput<String>> words() {
      return List.of();
    }

    @Op
    int length(String words) {
      return words.length();
    }

    @Op
    int sum(List<Integer> length) {
      return length.stream().mapToInt(Integer::intValue).sum();
    }
  }

  @Test
  void noValuesAtAllAreCollectedAsAnEmptyList() {
    var result = Materialize.assets(EmptyHanded.class).run().orThrow();
    assertThat(result.value("emptyHanded/sum")).isEqualTo(0);
    assertThat(result.values("emptyHanded/length")).isEmpty();
  }

  @Vetoed
  @Job("twice")
  static class Twice {
    @Op
    List<DynamicOutput<String>> words() {
      return List.of(DynamicOutput.of("a", "x"), DynamicOutput.of("a", "y"));
    }
  }

  @Test
  void aMappingKeyThatIsEmittedTwiceFailsTheOp() {
    assertThat(Materialize.assets(Twice.class).run().failure().orElseThrow().message())
        .contains("mapping key 'a' was emitted twice");
    assertThatThrownBy(() -> DynamicOutput.of("a/b", 1))
        .isInstanceOf(StowageException.class)
        .hasMessageStartingWith("mapping key 'a/b' cannot be");
  }

  @Vetoed
  @Job("monthlyBill")
  @MonthlyPartitions(start = "2026-01")
  static class MonthlyBill {
    @Op
    String month(AssetContext context) {
      return context.partition().text();
    }

    @Op
    List<DynamicOutput<String>> lines(String month) {
      return List.of(DynamicOutput.of("x", month + " x"), DynamicOutput.of("y", month + " y"));
    }

    @Op
    String text(List<String> lines) {
      return String.join(", ", lines);
    }
  }

  @Test
  void aJobHasPartitionsWhichItsOpsAreTold() {
    var job =
        Materialize.assets(MonthlyBill.class).at(java.time.Instant.parse("2026-05-01T00:00:00Z"));
    var result = job.partition("2026-02", "2026-03").run().orThrow();
    assertThat(result.value("monthlyBill/text", "2026-03")).isEqualTo("2026-03 x, 2026-03 y");
    assertThat(result.values("monthlyBill/lines"))
        .containsOnlyKeys("2026-02|x", "2026-02|y", "2026-03|x", "2026-03|y");
    assertThatThrownBy(job::run).hasMessageContaining("has partitions: name one");
    assertThatThrownBy(() -> Materialize.assets(EmptyHanded.class).partition("2026-01").run())
        .hasMessage("job 'emptyHanded' has no partitions: leave '2026-01' out");
  }

  @Vetoed
  @Job("gathering")
  static class Gathering {
    @Op
    String first() {
      return "1";
    }

    @Op
    String second() {
      return "2";
    }

    @Op
    String both(@Input(assets = {"first", "second"}) List<String> parts) {
      return String.join("+", parts);
    }
  }

  @Test
  void severalOpsFanIntoOneInput() {
    assertThat(Materialize.assets(Gathering.class).run().orThrow().value("gathering/both"))
        .isEqualTo("1+2");
  }

  @Vetoed
  @Job("assets")
  static class Misnamed {
    @Op
    String one() {
      return "";
    }

    @Op
    DynamicOutput<String> single() {
      return DynamicOutput.of("a", "b");
    }

    @Op
    List<DynamicOutput<String>> many() {
      return List.of();
    }

    @Op
    List<DynamicOutput<String>> more(String many) {
      return List.of();
    }

    @Op
    long wrong(List<Integer> many) {
      return 1;
    }
  }

  @Vetoed
  @AssetGroup("peeking")
  static class Peeking {
    @Asset
    String peek(@Input("assets/one") String one) {
      return one;
    }

    @Op
    String astray() {
      return "";
    }
  }

  @Test
  void whatCannotBeIsRefusedByASentenceEach() {
    assertThatThrownBy(() -> Materialize.assets(Misnamed.class, Peeking.class))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("is a job named 'assets'")
        .hasMessageContaining(
            "Misnamed.single returns one DynamicOutput: return a List or a Stream")
        .hasMessageContaining(
            "Misnamed.more is called for each value of [assets/many] and has dynamic outputs itself")
        .hasMessageContaining(
            "parameter 'many' of io.stowage.contract.JobsTest$Misnamed.wrong is a Integer, but")
        .hasMessageContaining(
            "parameter 'one' of io.stowage.contract.JobsTest$Peeking.peek is no asset")
        .hasMessageContaining("Peeking.astray: it is an op, but its class is a group of assets");
  }
}

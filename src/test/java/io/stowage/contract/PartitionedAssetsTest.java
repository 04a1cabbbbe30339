package io.stowage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.ErrorCode;
import io.stowage.api.Input;
import io.stowage.api.StowageException;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.DynamicPartitions;
import io.stowage.api.partition.HourlyPartitions;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.io.avro.AvroIoManager;
import io.stowage.io.avro.AvroSettings;
import io.stowage.store.memory.MemoryObjectStore;
import io.stowage.testing.Materialize;
import io.stowage.testing.OutputContexts;
import io.stowage.testing.RunEvent;
import io.stowage.testing.Settings;
import jakarta.enterprise.inject.Vetoed;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Partitions of annotated assets. */
class PartitionedAssetsTest {
  @Vetoed
  @AssetGroup("day")
  static class Days {
    @Asset
    @HourlyPartitions(start = "2026-01-01-00:00", end = "2026-01-03-00:00")
    List<String> hours(AssetContext context) {
      return List.of(context.partition().text());
    }

    @Asset
    @DailyPartitions(start = "2026-01-01", end = "2026-01-03")
    int byKey(Map<String, List<String>> hours) {
      return hours.size();
    }

    @Asset
    @DailyPartitions(start = "2026-01-01", end = "2026-01-03")
    String inOrder(Stream<String> hours) {
      return hours.toList().toString();
    }

    @Asset
    @DailyPartitions(start = "2026-01-01", end = "2026-01-03")
    long lenient(@Input(allowMissingPartitions = true) Map<String, List<String>> hours) {
      return hours.size();
    }

    @Asset
    String plain(AssetContext context) {
      return context.partition().text();
    }
  }

  private static String[] hours(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj("2026-01-01-%02d:00"::formatted)
        .toArray(String[]::new);
  }

  @Test
  @Tag("C41")
  void anAssetWithoutPartitionsThatAsksForOneFails() {
    var result = Materialize.assets(Days.class).select("day/plain").run();
    assertThat(result.failure().orElseThrow().code()).isEqualTo(ErrorCode.UNKNOWN_PARTITION);
    assertThat(result.failure().orElseThrow().message())
        .contains("asset 'day/plain' has no partitions");
  }

  @Test
  @Tag("C44")
  @Tag("C45")
  void theHoursOfADayAreAMapByKeyOrOneStreamInOrder() {
    var result =
        Materialize.assets(Days.class)
            .select("day/hours", "day/byKey", "day/inOrder")
            .partition("2026-01-01")
            .run()
            .orThrow();
    assertThat(result.values("day/hours")).hasSize(24);
    assertThat(result.value("day/byKey")).isEqualTo(24);
    assertThat(result.value("day/inOrder")).isEqualTo(List.of(hours(0, 23)).toString());
  }

  @Test
  @Tag("C46")
  void aMissingPartitionFailsOrIsLeftOutWithAWarning() {
    var days = Materialize.assets(Days.class);
    days.select("day/hours").partition(hours(0, 21)).run().orThrow();
    var strict = days.select("day/byKey").partition("2026-01-01").run();
    assertThat(strict.failure().orElseThrow().code()).isEqualTo(ErrorCode.NOT_MATERIALIZED);
    assertThat(strict.failure().orElseThrow().message())
        .contains("'day/hours'")
        .contains("'2026-01-01-22:00', '2026-01-01-23:00'");
    var lenient = days.select("day/lenient").partition("2026-01-01").run().orThrow();
    assertThat(lenient.value("day/lenient")).isEqualTo(22L);
    assertThat(lenient.events("log"))
        .extracting(RunEvent::message)
        .contains(
            "partition '2026-01-01-22:00' of 'day/hours' is missing, and left out",
            "partition '2026-01-01-23:00' of 'day/hours' is missing, and left out");
  }

  @Vetoed
  @AssetGroup
  static class Keys {
    @Asset
    @DynamicPartitions(name = "customers")
    @StaticPartitions(
        dimension = "city",
        value = {"New York", "a/b|c"})
    String places(AssetContext context) {
      return context.partition().dimension("city") + " of " + context.partition().dimension("key");
    }
  }

  @Test
  @Tag("C43")
  @Tag("C49")
  void severalDimensionsAndKeysOfAnyCharacters() {
    var result =
        Materialize.assets(Keys.class)
            .partition(
                PartitionKey.of(Map.of("city", "a/b|c", "key", "x")),
                PartitionKey.of(Map.of("city", "New York", "key", "x")))
            .run()
            .orThrow();
    assertThat(result.values("places").values())
        .containsExactlyInAnyOrder("a/b|c of x", "New York of x");
    assertThatThrownBy(() -> Materialize.assets(Keys.class).partition("Paris|x").run())
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("Paris");
  }

  @Retention(RetentionPolicy.RUNTIME)
  @StaticPartitions(
      dimension = "city",
      value = {"Basel", "Chur"})
  @interface ByCity {}

  @Vetoed
  @AssetGroup
  static class Cubes {
    @Asset
    @ByCity
    @StaticPartitions(
        dimension = "size",
        value = {"S", "L"})
    @StaticPartitions(
        dimension = "colour",
        value = {"red", "blue"})
    @DynamicPartitions(dimension = "buyer", name = "buyers")
    @DynamicPartitions(dimension = "seller", name = "sellers")
    @DailyPartitions(start = "2026-01-01", end = "2026-02-01")
    String cell(AssetContext context) {
      var key = context.partition();
      return String.join(
          " ",
          Stream.of("city", "size", "colour", "buyer", "seller", "date")
              .map(key::dimension)
              .toList());
    }
  }

  @Test
  @Tag("C43")
  void severalDimensionsMayBeOfOneKind() {
    var cell =
        Map.of(
            "city",
            "Chur",
            "size",
            "L",
            "colour",
            "red",
            "buyer",
            "b",
            "seller",
            "s",
            "date",
            "2026-01-02");
    var result =
        Materialize.assets(Cubes.class)
            .dynamicPartitions("buyers", "b")
            .dynamicPartitions("sellers", "s")
            .partition(PartitionKey.of(cell))
            .run()
            .orThrow();

    assertThat(result.values("cell").values()).containsExactly("Chur L red b s 2026-01-02");
  }

  @Vetoed
  @AssetGroup("raw")
  @SuppressWarnings("rawtypes")
  static class Raw {
    @Asset
    @StaticPartitions({"a", "b"})
    int number() {
      return 1;
    }

    @Asset
    String map(@Input(value = "raw/number", mapping = Input.Mapping.ALL) Map numbers) {
      return numbers.toString();
    }

    @Asset
    String list(@Input(value = "raw/number", mapping = Input.Mapping.ALL) List numbers) {
      return numbers.toString();
    }
  }

  @Test
  @Tag("C31")
  @Tag("C45")
  void aRawCollectionIsToldThatItSaysNothingOfItsValues() {
    var raw =
        Materialize.assets(Raw.class)
            .manager(
                "default",
                new AvroIoManager(
                    new MemoryObjectStore("m"), Settings.of(AvroSettings.class, Map.of())));
    raw.select("raw/number").partition("a", "b").run().orThrow();

    assertThat(raw.select("raw/map").run().failure().orElseThrow().message())
        .contains("input 'numbers' is a Map, but 2 partitions", "declare a Map<String, ");
    assertThat(raw.select("raw/list").run().failure().orElseThrow().message())
        .contains(
            "load input 'numbers'", "it says nothing about its values: declare what it holds");
  }

  @Vetoed
  @AssetGroup
  static class Customers {
    @Asset
    @DynamicPartitions(name = "customers")
    String letter(AssetContext context) {
      return "to " + context.partition();
    }

    @Asset
    String pile(Map<String, String> letter) {
      return letter.values().toString();
    }
  }

  @Test
  @Tag("C43")
  void dynamicKeysAreThoseThatWereAdded() {
    var customers = Materialize.assets(Customers.class).dynamicPartitions("customers", "bo", "al");
    var result = customers.run().orThrow();
    assertThat(result.values("letter")).containsOnlyKeys("bo", "al");
    assertThat(result.value("pile")).isEqualTo("[to bo, to al]");
    var more = customers.dynamicPartitions("customers", "bo", "al", "cy");
    assertThat(more.select("pile").run().failure().orElseThrow().message()).contains("'cy'");
  }

  @Vetoed
  @AssetGroup
  static class Visits {
    @Asset
    @DailyPartitions(start = "2026-01-01")
    @DynamicPartitions(name = "customers", dimension = "customer")
    String visit(AssetContext context) {
      return context.partition().dimension("customer") + " on " + context.window().startDate();
    }

    @Asset
    @DailyPartitions(start = "2026-01-01")
    Map<String, String> day(Map<String, String> visit) {
      return visit;
    }
  }

  @Test
  @Tag("C43")
  @Tag("C63")
  void aPartitionThatIsNamedAddsTheKeysOfDynamicDimensionsAndNoOthers() {
    var visits = Materialize.assets(Visits.class);
    var made =
        visits
            .select("visit")
            .partition(PartitionKey.of(Map.of("customer", "b|\\o", "date", "2026-01-02")))
            .run()
            .orThrow();
    assertThat(made.value("visit")).isEqualTo("b|\\o on 2026-01-02");
    var day =
        visits
            .dynamicPartitions("customers", "b|\\o")
            .select("day")
            .partition("2026-01-02")
            .run()
            .orThrow();
    assertThat(day.value("day")).isEqualTo(made.values("visit"));
  }

  @Test
  @Tag("C62")
  void aContextKnowsTheWindowOfADynamicPartition() {
    var several =
        PartitionsDefinition.multi(
            Map.of(
                "customer", PartitionsDefinition.dynamic("customers"),
                "date", PartitionsDefinition.daily("2026-01-01")));
    var context =
        OutputContexts.of("visit", String.class)
            .partitions(several)
            .partition("b\\|o|2026-01-02")
            .build();
    assertThat(context.partition().dimension("customer")).isEqualTo("b|o");
    assertThat(context.window()).hasToString("2026-01-02T00:00Z/2026-01-03T00:00Z");
  }

  @Test
  @Tag("C42")
  void aFutureTimeOfTheRunIsAlsoThatOfItsValues() {
    var future =
        Materialize.assets(Visits.class)
            .at(Instant.parse("2050-01-03T00:00:00Z"))
            .select("visit")
            .partition("al|2050-01-02")
            .run()
            .orThrow();
    assertThat(future.value("visit")).isEqualTo("al on 2050-01-02");
  }
}

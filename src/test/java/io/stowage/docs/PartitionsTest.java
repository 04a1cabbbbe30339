package io.stowage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.Input;
import io.stowage.api.partition.CustomPartitionMapping;
import io.stowage.api.partition.DailyPartitions;
import io.stowage.api.partition.DynamicPartitions;
import io.stowage.api.partition.HourlyPartitions;
import io.stowage.api.partition.MappedPartitions;
import io.stowage.api.partition.MonthlyPartitions;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.Partitions;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Singleton;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  private static final Instant MARCH = Instant.parse("2026-03-15T00:00:00Z");

  private static Materialize stations() {
    return Materialize.assets(StationAssets.class).at(MARCH);
  }

  @Test
  void aDayIsMadeOfItsHours() {
    var all = stations();
    String[] hours = new String[24];
    for (int hour = 0; hour < 24; hour++) {
      hours[hour] = "2026-01-01-%02d:00".formatted(hour);
    }
    all.select("stations/readings").partition(hours).run().orThrow();
    var day = all.select("stations/day").partition("2026-01-01").run().orThrow();
    assertThat(day.value("stations/day")).isEqualTo(23.0);
  }

  @Test
  void aMonthOfACityHasTwoDimensions() {
    var result = stations().select("stations/rain").partition("Basel|2026-01").run().orThrow();
    assertThat(result.value("stations/rain")).isEqualTo("Basel in 2026-01");
    assertThat(
            stations()
                .select("*stations/overview")
                .partition("2026-01")
                .run()
                .orThrow()
                .value("stations/overview"))
        .isEqualTo(List.of("Basel|2026-01", "Chur|2026-01"));
  }

  @Test
  void keysAreAddedWhileItRuns() {
    var result =
        stations()
            .dynamicPartitions("sensors", "s-1", "s-2")
            .select("stations/sensor")
            .partition("s-2")
            .run()
            .orThrow();
    assertThat(result.value("stations/sensor")).isEqualTo("s-2");
  }

  @Test
  void aDefinitionIsMadeByCode() {
    var result = stations().select("stations/shelf").partition("shelf-3").run().orThrow();
    assertThat(result.value("stations/shelf")).isEqualTo("shelf-3");
  }

  @Test
  void windowsAroundTheOwnAreMapped() {
    var all = stations();
    all.select("stations/count").partition("2026-01-01", "2026-01-02", "2026-01-03").run();
    var result = all.select("stations/smooth").partition("2026-01-03").run().orThrow();
    assertThat(result.value("stations/smooth"))
        .isEqualTo(List.of("2026-01-01", "2026-01-02", "2026-01-03"));
  }

  @Test
  void aMappingByCodeSaysWhatIsRead() {
    var all = stations();
    all.select("stations/count").partition("2025-01-03", "2026-01-03").run().orThrow();
    var result = all.select("stations/yearly").partition("2026-01-03").run().orThrow();
    assertThat(result.value("stations/yearly")).isEqualTo("2025-01-03");
  }
}

@Vetoed
@AssetGroup("stations")
class StationAssets {
  // docs: time
  @Asset
  @HourlyPartitions(start = "2026-01-01T00:00", zone = "UTC")
  double readings(AssetContext context) {
    return context.window().start().atZone(context.window().zone()).getHour();
  }

  /** The 24 hours of a day, by their keys; 23 or 25 where the zone's clock changes. */
  @Asset
  @DailyPartitions(start = "2026-01-01")
  double day(Map<String, Double> readings) {
    return readings.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  // end

  // docs: two
  @Retention(RetentionPolicy.RUNTIME)
  @MonthlyPartitions(start = "2026-01")
  @StaticPartitions(
      dimension = "city",
      value = {"Basel", "Chur"})
  @interface MonthByCity {}

  @Asset
  @MonthByCity
  String rain(AssetContext context) {
    var key = context.partition();
    return key.dimension("city") + " in " + key.dimension("date");
  }

  /** All cities of a month. */
  @Asset
  @MonthlyPartitions(start = "2026-01")
  List<String> overview(Map<String, String> rain) {
    return List.copyOf(rain.keySet());
  }

  // end

  // docs: dynamic
  @Asset
  @DynamicPartitions(name = "sensors")
  String sensor(AssetContext context) {
    return context.partition().text();
  }

  // end

  // docs: code
  /** Asked once, when a worker starts. */
  @Partitions("shelves")
  PartitionsDefinition shelves() {
    var keys = new ArrayList<String>();
    for (int i = 1; i <= 40; i++) {
      keys.add("shelf-" + i);
    }
    return PartitionsDefinition.ofStatic(keys.toArray(String[]::new));
  }

  @Asset
  @Partitions("shelves")
  String shelf(AssetContext context) {
    return context.partition().text();
  }

  // end

  @Asset
  @DailyPartitions(start = "2025-01-01")
  String count(AssetContext context) {
    return context.partition().text();
  }

  // docs: offsets
  /** The day and the two before it; what lies before the start is left out. */
  @Asset
  @DailyPartitions(start = "2026-01-01")
  List<String> smooth(
      @Input(mapping = Input.Mapping.TIME_WINDOWS, startOffset = -2) Map<String, String> count) {
    return List.copyOf(count.values());
  }

  // end

  // docs: custom
  @Singleton
  static class YearBefore implements CustomPartitionMapping {
    @Override
    public MappedPartitions upstreamKeys(
        Optional<PartitionsDefinition> downstream,
        List<PartitionKey> keys,
        PartitionsDefinition upstream,
        PartitionContext context) {
      var wanted =
          keys.stream()
              .map(key -> LocalDate.parse(key.text()).minusYears(1))
              .map(day -> PartitionKey.of(day.toString()))
              .toList();
      return new MappedPartitions(wanted, List.of());
    }
  }

  @Asset
  @DailyPartitions(start = "2026-01-01")
  String yearly(@Input(customMapping = YearBefore.class) String count) {
    return count;
  }
  // end
}

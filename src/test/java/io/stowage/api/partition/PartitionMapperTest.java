package io.stowage.api.partition;

import static io.stowage.api.partition.PartitionsFixture.CITIES;
import static io.stowage.api.partition.PartitionsFixture.at;
import static io.stowage.api.partition.PartitionsFixture.cityAndDate;
import static io.stowage.api.partition.PartitionsFixture.keys;
import static io.stowage.api.partition.PartitionsFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionMapping.AllPartitions;
import io.stowage.api.partition.PartitionMapping.Automatic;
import io.stowage.api.partition.PartitionMapping.Custom;
import io.stowage.api.partition.PartitionMapping.DimensionMapping;
import io.stowage.api.partition.PartitionMapping.DimensionToSingle;
import io.stowage.api.partition.PartitionMapping.Identity;
import io.stowage.api.partition.PartitionMapping.LastPartition;
import io.stowage.api.partition.PartitionMapping.PerDimension;
import io.stowage.api.partition.PartitionMapping.SpecificPartitions;
import io.stowage.api.partition.PartitionMapping.StaticMapping;
import io.stowage.api.partition.PartitionMapping.TimeWindows;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionMapperTest {
  private static final PartitionContext NOW =
      at("2026-06-01T00:00:00Z", Map.of("customers", List.of("zoe", "adam")));
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private final TimeWindowPartitionsDefinition hours =
      PartitionsDefinition.hourly("2024-01-01").in(NEW_YORK);
  private final TimeWindowPartitionsDefinition days =
      PartitionsDefinition.daily("2024-01-01").in(NEW_YORK);
  private final TimeWindowPartitionsDefinition months =
      PartitionsDefinition.monthly("2012-01").until("2016-01");
  private final MultiPartitionsDefinition monthByCity =
      PartitionsDefinition.multi(Map.of("city", CITIES, "date", months));

  private static MappedPartitions map(
      PartitionsDefinition down,
      List<PartitionKey> keys,
      PartitionsDefinition up,
      PartitionMapping mapping) {
    return PartitionMapper.upstreamKeys(Optional.of(down), keys, Optional.of(up), mapping, NOW);
  }

  private static List<String> existing(
      PartitionsDefinition down,
      List<PartitionKey> keys,
      PartitionsDefinition up,
      PartitionMapping mapping) {
    MappedPartitions mapped = map(down, keys, up, mapping);
    assertThat(mapped.missing()).isEmpty();
    return texts(mapped.existing());
  }

  private static List<String> reverse(
      PartitionsDefinition down,
      List<PartitionKey> keys,
      PartitionsDefinition up,
      PartitionMapping mapping) {
    return texts(
        PartitionMapper.downstreamKeys(Optional.of(up), keys, Optional.of(down), mapping, NOW));
  }

  @ParameterizedTest
  @CsvSource({"2024-03-10, 23", "2024-03-11, 24", "2024-11-03, 25"})
  void mapsADayToItsHours(String day, int count) {
    List<String> mapped = existing(days, keys(day), hours, new Automatic());

    assertThat(mapped)
        .hasSize(count)
        .startsWith(day + "-00:00")
        .endsWith(day + "-23:00")
        .doesNotHaveDuplicates();
    assertThat(reverse(days, keys(mapped.toArray(String[]::new)), hours, new Automatic()))
        .containsExactly(day);
  }

  @Test
  void mapsAnHourToItsDay() {
    assertThat(
            existing(
                hours, keys("2024-11-03-01:00-05:00", "2024-11-03-23:00"), days, new Automatic()))
        .containsExactly("2024-11-03");
    assertThat(reverse(hours, keys("2024-11-03"), days, new Automatic())).hasSize(25);
  }

  @Test
  void mapsADayToTheTwoThatOverlapItInAnotherZone() {
    var utc = PartitionsDefinition.daily("2024-01-01");

    assertThat(existing(days, keys("2024-07-04"), utc, new Automatic()))
        .containsExactly("2024-07-04", "2024-07-05");
    assertThat(reverse(days, keys("2024-07-04"), utc, new Automatic()))
        .containsExactly("2024-07-03", "2024-07-04");
  }

  @Test
  void mapsAMonthToTheWeeksThatOverlapIt() {
    var weeks = PartitionsDefinition.weekly("2012-01-01");

    assertThat(existing(months, keys("2012-03"), weeks, new Automatic()))
        .containsExactly("2012-02-27", "2012-03-05", "2012-03-12", "2012-03-19", "2012-03-26");
  }

  @Test
  void saysWhichWindowsThereAreNot() {
    var mapped =
        map(months, keys("2015-12"), PartitionsDefinition.daily("2015-12-30"), new Automatic());

    assertThat(texts(mapped.existing())).containsExactly("2015-12-30", "2015-12-31");
    assertThat(texts(mapped.missing())).hasSize(29).startsWith("2015-12-01").endsWith("2015-12-29");
  }

  @Test
  void saysWhichWindowsAreNotCompleteYet() {
    var weeks = PartitionsDefinition.weekly("2026-01-01").endOffset(1);
    var mapped =
        map(
            weeks,
            List.of(weeks.last(NOW).orElseThrow()),
            PartitionsDefinition.daily("2026-01-01"),
            new Automatic());

    assertThat(mapped.existing()).isEmpty();
    assertThat(texts(mapped.missing())).hasSize(7).startsWith("2026-06-01");
  }

  @Test
  void shiftsWindowsByTheDownstreamsUnits() {
    var utcDays = PartitionsDefinition.daily("2012-01-01");

    assertThat(existing(months, keys("2012-03"), utcDays, new TimeWindows(-1, -1)))
        .hasSize(29)
        .startsWith("2012-02-01")
        .endsWith("2012-02-29");
    assertThat(existing(months, keys("2012-03"), utcDays, new TimeWindows(-1, 0))).hasSize(60);
    assertThat(existing(utcDays, keys("2012-03-01"), utcDays, new TimeWindows(-2, 1)))
        .containsExactly("2012-02-28", "2012-02-29", "2012-03-01", "2012-03-02");
    assertThat(texts(map(utcDays, keys("2012-01-01"), utcDays, new TimeWindows(-1, -1)).missing()))
        .containsExactly("2011-12-31");
    assertThat(reverse(utcDays, keys("2012-03-01"), utcDays, new TimeWindows(-2, 1)))
        .containsExactly("2012-02-29", "2012-03-01", "2012-03-02", "2012-03-03");
    assertThat(reverse(months, keys("2012-03-05"), utcDays, new TimeWindows(-1, -1)))
        .containsExactly("2012-04");
  }

  /** Whatever the offsets and the clock: a key is needed by exactly those that need it. */
  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 0", "-3, -1", "1, 2", "-1, 2"})
  void reversesWhatItMaps(int startOffset, int endOffset) {
    var mapping = new TimeWindows(startOffset, endOffset);
    var down =
        PartitionsDefinition.weekly("2024-10-01")
            .until("2024-12-30")
            .in(NEW_YORK)
            .beginning(3, 5, 0);
    var up =
        PartitionsDefinition.daily("2024-10-01")
            .until("2024-12-30")
            .in(ZoneId.of("Asia/Tokyo"))
            .beginning(0, 14, 0);

    for (PartitionKey needed : up.keys(NOW)) {
      var needing =
          down.keys(NOW).stream()
              .filter(key -> map(down, List.of(key), up, mapping).existing().contains(needed))
              .toList();
      assertThat(
              PartitionMapper.downstreamKeys(
                  Optional.of(up), List.of(needed), Optional.of(down), mapping, NOW))
          .isEqualTo(needing);
    }
  }

  @Test
  void mapsOneDimensionOfTimeToSeveral() {
    assertThat(existing(months, keys("2012-03"), monthByCity, new Automatic()))
        .containsExactly("Seattle|2012-03", "New York|2012-03");
    assertThat(
            existing(
                monthByCity, List.of(cityAndDate("Seattle", "2012-03")), months, new Automatic()))
        .containsExactly("2012-03");
    assertThat(
            reverse(
                months, List.of(cityAndDate("Seattle", "2012-03")), monthByCity, new Automatic()))
        .containsExactly("2012-03");
    assertThat(reverse(monthByCity, keys("2012-03"), months, new Automatic()))
        .containsExactly("Seattle|2012-03", "New York|2012-03");
  }

  @Test
  void mapsSeveralDimensionsToSeveral() {
    var dayByCity =
        PartitionsDefinition.multi(
            Map.of(
                "city",
                CITIES,
                "day",
                PartitionsDefinition.daily("2012-01-01"),
                "sensor",
                PartitionsDefinition.ofStatic("a", "b")));
    var mapped =
        existing(
            monthByCity, List.of(cityAndDate("Seattle", "2012-02")), dayByCity, new Automatic());

    assertThat(mapped)
        .hasSize(29 * 2)
        .startsWith("Seattle|2012-02-01|a", "Seattle|2012-02-01|b")
        .endsWith("Seattle|2012-02-29|b");
    assertThat(
            existing(
                monthByCity, List.of(cityAndDate("New York", "2012-02")), CITIES, new Automatic()))
        .containsExactly("New York");
    assertThat(
            reverse(
                monthByCity,
                List.of(dayByCity.parse("Seattle|2012-02-01|a")),
                dayByCity,
                new Automatic()))
        .containsExactly("Seattle|2012-02");
  }

  @Test
  void mapsTheSameDefinitionToTheSameKeyWhateverItsName() {
    assertThat(
            existing(
                monthByCity,
                List.of(cityAndDate("Seattle", "2012-03")),
                monthByCity,
                new Automatic()))
        .containsExactly("Seattle|2012-03");
    assertThat(existing(CITIES.named("place"), keys("Seattle"), CITIES, new Automatic()))
        .containsExactly("Seattle");
    assertThat(
            existing(
                PartitionsDefinition.dynamic("customers"),
                keys("adam"),
                PartitionsDefinition.dynamic("customers"),
                new Automatic()))
        .containsExactly("adam");
  }

  @Test
  void mapsDefinitionsThatHaveNothingInCommonToAllKeys() {
    assertThat(
            existing(
                CITIES,
                keys("Seattle"),
                PartitionsDefinition.dynamic("customers"),
                new Automatic()))
        .containsExactly("zoe", "adam");
    assertThat(existing(CITIES, keys("Seattle"), months, new Automatic())).hasSize(48);
    assertThat(reverse(CITIES, keys("2012-03"), months, new Automatic()))
        .containsExactly("Seattle", "New York");
  }

  @Test
  void readsAllPartitionsFromAnAssetWithoutAny() {
    assertThat(
            texts(
                PartitionMapper.upstreamKeys(
                        Optional.empty(), List.of(), Optional.of(CITIES), new Automatic(), NOW)
                    .existing()))
        .containsExactly("Seattle", "New York");
    assertThat(
            PartitionMapper.upstreamKeys(
                Optional.of(CITIES), keys("Seattle"), Optional.empty(), new Identity(), NOW))
        .isEqualTo(MappedPartitions.NONE);
    assertThat(
            texts(
                PartitionMapper.downstreamKeys(
                    Optional.empty(), List.of(), Optional.of(CITIES), new Automatic(), NOW)))
        .hasSize(2);
    assertThat(
            PartitionMapper.downstreamKeys(
                Optional.of(CITIES), keys("Seattle"), Optional.empty(), new Automatic(), NOW))
        .isEmpty();
    assertThatThrownBy(
            () ->
                PartitionMapper.upstreamKeys(
                    Optional.empty(), List.of(), Optional.of(CITIES), new Identity(), NOW))
        .hasMessageStartingWith("an asset without partitions cannot map them");
  }

  @Test
  void mapsToAllTheLastAndSpecificKeys() {
    assertThat(existing(CITIES, keys("Seattle"), months, new AllPartitions())).hasSize(48);
    assertThat(existing(CITIES, keys("Seattle"), days, new LastPartition()))
        .containsExactly("2026-05-30");
    assertThat(
            existing(
                CITIES,
                keys("Seattle"),
                months,
                new SpecificPartitions(List.of("2013-01", "2012-01"))))
        .containsExactly("2012-01", "2013-01");
    var mapped =
        map(
            CITIES,
            keys("Seattle"),
            PartitionsDefinition.dynamic("customers"),
            new SpecificPartitions(List.of("adam", "eve")));
    assertThat(texts(mapped.existing())).containsExactly("adam");
    assertThat(texts(mapped.missing())).containsExactly("eve");
    assertThat(reverse(CITIES, keys("2026-05-30"), days, new LastPartition())).hasSize(2);
    assertThat(reverse(CITIES, keys("2026-05-29"), days, new LastPartition())).isEmpty();
    assertThat(reverse(CITIES, keys("2012-01"), months, new SpecificPartitions(List.of("2012-01"))))
        .hasSize(2);
  }

  @Test
  void mapsTheSameKeyAndSaysWhereItIsNot() {
    var more = PartitionsDefinition.ofStatic("Seattle", "Paris");
    var mapped = map(more, keys("Paris", "Seattle"), CITIES, new Identity());

    assertThat(texts(mapped.existing())).containsExactly("Seattle");
    assertThat(texts(mapped.missing())).containsExactly("Paris");
    assertThatThrownBy(
            () ->
                map(
                    monthByCity,
                    List.of(cityAndDate("Seattle", "2012-03")),
                    months,
                    new Identity()))
        .hasMessage("the same partition cannot be mapped from dimensions 'city', 'date' to 'date'");
  }

  @Test
  void mapsOneDimensionOfSeveralToASingleOne() {
    var toMonth = new DimensionToSingle("date", new TimeWindows(-1, -1));

    assertThat(existing(monthByCity, List.of(cityAndDate("Seattle", "2012-03")), months, toMonth))
        .containsExactly("2012-02");
    assertThat(
            existing(
                CITIES,
                keys("New York"),
                monthByCity,
                new DimensionToSingle("city", new Automatic())))
        .hasSize(48)
        .allMatch(key -> key.startsWith("New York|"));
    assertThat(reverse(monthByCity, keys("2012-02"), months, toMonth))
        .containsExactly("Seattle|2012-03", "New York|2012-03");
    assertThatThrownBy(() -> map(months, keys("2012-03"), months, toMonth))
        .hasMessageContaining("one side must have several");
    assertThatThrownBy(
            () ->
                map(
                    monthByCity,
                    List.of(cityAndDate("Seattle", "2012-03")),
                    CITIES,
                    new DimensionToSingle("town", new Identity())))
        .hasMessage(
            "a partition mapping names the dimension 'town', but downstream has 'city', 'date'");
  }

  @Test
  void mapsEachDimensionOnItsOwn() {
    var dayByPlace =
        PartitionsDefinition.multi(
            Map.of(
                "place",
                PartitionsDefinition.ofStatic("WA", "NY"),
                "day",
                PartitionsDefinition.daily("2012-01-01")));
    var mapping =
        new PerDimension(
            Map.of(
                "city",
                    new DimensionMapping(
                        "place",
                        StaticMapping.of(
                            Map.of("Seattle", List.of("WA"), "New York", List.of("NY")))),
                "date", new DimensionMapping("day", new TimeWindows(0, 0))));

    assertThat(
            existing(monthByCity, List.of(cityAndDate("Seattle", "2012-02")), dayByPlace, mapping))
        .hasSize(29)
        .startsWith("2012-02-01|WA");
    assertThat(
            reverse(monthByCity, List.of(dayByPlace.parse("2012-02-07|NY")), dayByPlace, mapping))
        .containsExactly("New York|2012-02");
    var onlyDays =
        new PerDimension(Map.of("date", new DimensionMapping("day", new LastPartition())));
    assertThat(
            existing(monthByCity, List.of(cityAndDate("Seattle", "2012-02")), dayByPlace, onlyDays))
        .containsExactly("2026-05-31|WA", "2026-05-31|NY");
    assertThat(
            reverse(monthByCity, List.of(dayByPlace.parse("2012-02-07|NY")), dayByPlace, onlyDays))
        .isEmpty();
  }

  @Test
  void mapsByAListThatIsWrittenDown() {
    var regions = PartitionsDefinition.ofStatic("west", "east", "none");
    var mapping =
        StaticMapping.of(
            Map.of("west", List.of("Seattle"), "east", List.of("New York", "Seattle")));

    assertThat(existing(regions, keys("east"), CITIES, mapping))
        .containsExactly("Seattle", "New York");
    assertThat(existing(regions, keys("none"), CITIES, mapping)).isEmpty();
    assertThat(reverse(regions, keys("Seattle"), CITIES, mapping)).containsExactly("west", "east");
    assertThatThrownBy(
            () ->
                PartitionMapper.check(
                    Optional.of(regions),
                    Optional.of(CITIES),
                    StaticMapping.of(Map.of("north", List.of("Seattle")))))
        .hasMessageStartingWith("partition 'north' is not one of");
  }

  @Test
  void leavesACustomMappingToAWorker() {
    assertThatThrownBy(() -> map(CITIES, keys("Seattle"), months, new Custom("com.example.Fiscal")))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    CustomPartitionMapping capital =
        (_, _, up, context) ->
            new MappedPartitions(List.of(up.last(context).orElseThrow()), List.of());
    assertThat(texts(capital.downstreamKeys(months, keys("2015-12"), CITIES, NOW)))
        .containsExactly("Seattle", "New York");
    assertThat(capital.downstreamKeys(months, keys("2015-11"), CITIES, NOW)).isEmpty();
  }

  @Test
  void refusesMappingsThatDoNotFit() {
    assertThatThrownBy(
            () ->
                PartitionMapper.check(
                    Optional.of(CITIES), Optional.of(months), new TimeWindows(-1, 0)))
        .hasMessage("time windows cannot be mapped: both sides need one dimension of time");
    assertThatThrownBy(() -> new TimeWindows(1, 0))
        .hasMessageContaining("the first is not above the second");
    assertThatThrownBy(() -> new DimensionToSingle("date", new Custom("x")))
        .hasMessageContaining("which is one of whole keys");
    assertThatThrownBy(() -> map(CITIES, keys("Paris"), CITIES, new Automatic()))
        .hasMessageStartingWith("partition 'Paris' is not one of");
  }

  @Test
  void givesUpstreamKeysInTheirOrderAndEachOnce() {
    assertThat(existing(months, keys("2012-03", "2012-01"), monthByCity, new Automatic()))
        .containsExactly(
            "Seattle|2012-01", "Seattle|2012-03", "New York|2012-01", "New York|2012-03");
    assertThat(
            existing(
                hours,
                hours.keysBetween(
                    PartitionKey.of("2024-06-01-00:00"), PartitionKey.of("2024-06-30-23:00"), NOW),
                days,
                new Automatic()))
        .hasSize(30);
  }

  /** Ten years of hours from days, and back. */
  @Test
  void mapsAHundredThousandKeys() {
    var manyHours = PartitionsDefinition.hourly("2014-01-01").until("2024-01-01");
    var manyDays = PartitionsDefinition.daily("2014-01-01").until("2024-01-01");

    assertThat(existing(manyDays, manyDays.keys(NOW), manyHours, new Automatic())).hasSize(87_648);
    assertThat(reverse(manyDays, manyHours.keys(NOW), manyHours, new Automatic())).hasSize(3_652);
  }
}

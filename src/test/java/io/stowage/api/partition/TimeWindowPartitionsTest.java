package io.stowage.api.partition;

import static io.stowage.api.partition.PartitionsFixture.at;
import static io.stowage.api.partition.PartitionsFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C42")
class TimeWindowPartitionsTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final PartitionContext LATER = at("2026-06-01T00:00:00Z");

  @Test
  void hasEveryMonthFromItsStartToItsEnd() {
    var months = PartitionsDefinition.monthly("2012-01").until("2016-01");

    assertThat(texts(months.keys(LATER)))
        .hasSize(48)
        .startsWith("2012-01", "2012-02")
        .endsWith("2015-12");
    assertThat(months.count(LATER)).isEqualTo(48);
    assertThat(months.last(LATER)).contains(PartitionKey.of("2015-12"));
    assertThat(months.contains(PartitionKey.of("2016-01"), LATER)).isFalse();
    assertThat(months.window(PartitionKey.of("2012-02")))
        .contains(
            new TimeWindow(
                Instant.parse("2012-02-01T00:00:00Z"),
                Instant.parse("2012-03-01T00:00:00Z"),
                ZoneId.of("UTC")));
  }

  @Test
  void leavesOutWindowsThatItsStartOrEndCutsThrough() {
    var months = PartitionsDefinition.monthly("2012-01-02").until("2012-04-30");

    assertThat(texts(months.keys(LATER))).containsExactly("2012-02", "2012-03");
  }

  @Test
  void admitsADayOnceItIsComplete() {
    var days = PartitionsDefinition.daily("2026-11-01").in(ZoneId.of("Europe/Vienna"));

    assertThat(texts(days.keys(at("2026-11-03T22:59:59Z"))))
        .containsExactly("2026-11-01", "2026-11-02");
    assertThat(texts(days.keys(at("2026-11-03T23:00:00Z")))).endsWith("2026-11-03");
    assertThat(days.contains(PartitionKey.of("2026-11-03"), at("2026-11-03T22:59:59Z"))).isFalse();
    assertThat(days.contains(PartitionKey.of("2026-11-03"), at("2026-11-03T23:00:00Z"))).isTrue();
  }

  @Test
  void hasNothingBeforeItsFirstWindowIsComplete() {
    var days = PartitionsDefinition.daily("2026-11-01");

    assertThat(days.keys(at("2026-11-01T12:00:00Z"))).isEmpty();
    assertThat(days.count(at("2020-01-01T00:00:00Z"))).isZero();
    assertThat(days.last(at("2026-11-01T12:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-2, 2026-10-31", "0, 2026-11-02", "1, 2026-11-03", "3, 2026-11-05"})
  void goesSoManyWindowsBeyondTheLastCompleteOne(int endOffset, String last) {
    var days = PartitionsDefinition.daily("2026-10-01").endOffset(endOffset);

    assertThat(days.last(at("2026-11-03T12:00:00Z"))).contains(PartitionKey.of(last));
  }

  @Test
  void hasAnHourTwiceWhereTheClockIsSetBack() {
    var hours = PartitionsDefinition.hourly("2024-11-03").until("2024-11-04").in(NEW_YORK);
    var keys = texts(hours.keys(LATER));

    assertThat(keys)
        .hasSize(25)
        .doesNotHaveDuplicates()
        .containsSequence(
            "2024-11-03-00:00", "2024-11-03-01:00", "2024-11-03-01:00-05:00", "2024-11-03-02:00");
    assertThat(hours.window(PartitionKey.of("2024-11-03-01:00")).orElseThrow())
        .hasToString("2024-11-03T01:00-04:00/2024-11-03T01:00-05:00");
    assertThat(hours.window(PartitionKey.of("2024-11-03-01:00-05:00")).orElseThrow())
        .hasToString("2024-11-03T01:00-05:00/2024-11-03T02:00-05:00");
    assertThat(hours.contains(PartitionKey.of("2024-11-03-01:00-04:00"), LATER)).isFalse();
    assertThat(hours.contains(PartitionKey.of("2024-11-03-02:00-05:00"), LATER)).isFalse();
  }

  @Test
  void leavesOutTheHourThatTheClockSkips() {
    var hours = PartitionsDefinition.hourly("2024-03-10").until("2024-03-11").in(NEW_YORK);

    assertThat(texts(hours.keys(LATER)))
        .hasSize(23)
        .containsSequence("2024-03-10-01:00", "2024-03-10-03:00");
    assertThat(hours.contains(PartitionKey.of("2024-03-10-02:00"), LATER)).isFalse();
    assertThat(hours.window(PartitionKey.of("2024-03-10-01:00")).orElseThrow())
        .hasToString("2024-03-10T01:00-05:00/2024-03-10T03:00-04:00");
  }

  @ParameterizedTest
  @CsvSource({"2024-03-10, 23", "2024-03-11, 24", "2024-11-03, 25"})
  void hasDaysAsLongAsTheClockMakesThem(String day, int hours) {
    var window =
        PartitionsDefinition.daily("2024-01-01")
            .in(NEW_YORK)
            .window(PartitionKey.of(day))
            .orElseThrow();

    assertThat(Duration.between(window.start(), window.end())).isEqualTo(Duration.ofHours(hours));
  }

  /**
   * Midnight is skipped in Beirut, and comes twice in Havana; Lord Howe's clock is changed by half
   * an hour; Apia lost a day.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Asia/Beirut",
        "America/Havana",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "Antarctica/Troll",
        "America/St_Johns"
      })
  void followsTheClockOfAnyZoneWithoutGapOrDuplicate(String zone) {
    for (var definition :
        List.of(
            PartitionsDefinition.hourly("2011-01-01"),
            PartitionsDefinition.hourly("2011-01-01").beginning(0, 0, 15),
            PartitionsDefinition.daily("2011-01-01"),
            PartitionsDefinition.daily("2011-01-01").beginning(0, 2, 30),
            PartitionsDefinition.weekly("2011-01-01").beginning(6, 0, 0),
            PartitionsDefinition.monthly("2011-01-01"))) {
      var all = definition.in(ZoneId.of(zone)).until("2013-06-01");
      var keys = all.keys(LATER);
      assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
      assertThat(all.count(LATER)).isEqualTo(keys.size());
      Instant end = null;
      for (PartitionKey key : keys) {
        var window = all.window(key, LATER).orElseThrow();
        assertThat(end == null || end.equals(window.start())).as("%s %s", zone, key).isTrue();
        end = window.end();
      }
    }
  }

  @Test
  void doesNotHaveADayThatAZoneLeftOut() {
    var days =
        PartitionsDefinition.daily("2011-12-29").until("2012-01-01").in(ZoneId.of("Pacific/Apia"));

    assertThat(texts(days.keys(LATER))).containsExactly("2011-12-29", "2011-12-31");
    assertThat(days.contains(PartitionKey.of("2011-12-30"), LATER)).isFalse();
  }

  @Test
  void beginsWindowsLaterWhereToldTo() {
    var months = PartitionsDefinition.monthly("2024-01").beginning(4, 6, 30);
    var sundays = PartitionsDefinition.weekly("2024-01-01").beginning(6, 0, 0);
    var hours = PartitionsDefinition.hourly("2024-01-01").beginning(0, 0, 15).format("yyyyMMddHH");

    assertThat(months.window(PartitionKey.of("2024-02")).orElseThrow())
        .hasToString("2024-02-05T06:30Z/2024-03-05T06:30Z");
    assertThat(texts(sundays.keys(at("2024-01-22T00:00:00Z"))))
        .containsExactly("2024-01-07", "2024-01-14");
    assertThat(hours.window(PartitionKey.of("2024010205")).orElseThrow())
        .hasToString("2024-01-02T05:15Z/2024-01-02T06:15Z");
  }

  @Test
  void hasWeeksFromMonday() {
    var weeks = PartitionsDefinition.weekly("2024-01-01");

    assertThat(weeks.window(PartitionKey.of("2024-01-08")).orElseThrow())
        .hasToString("2024-01-08T00:00Z/2024-01-15T00:00Z");
    assertThat(weeks.contains(PartitionKey.of("2024-01-09"), LATER)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy",
        "MM-dd",
        "hh",
        "YYYY-MM-dd",
        "yyyy-MM",
        "'day'",
        "yyyy-MM-dd'",
        "nonsense"
      })
  void refusesAFormatThatDoesNotTellDaysApart(String pattern) {
    assertThatThrownBy(() -> PartitionsDefinition.daily("2024-01-01").format(pattern))
        .hasMessageStartingWith("format '");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyyMMdd",
        "dd MMM yyyy",
        "yyyy/MM/dd",
        "yyyy-DDD",
        "EEEE, d MMMM uuuu",
        "yyyy-MM-dd'T'HH:mmXXX"
      })
  void readsKeysAsItWritesThem(String pattern) {
    var days = PartitionsDefinition.daily("2024-01-01").in(NEW_YORK).format(pattern);

    for (PartitionKey key : days.keys(at("2025-01-01T12:00:00Z"))) {
      assertThat(days.contains(key, LATER)).as(key.text()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2012-3",
        "2012-13",
        "2012-00",
        "12-03",
        "2012-03-01",
        " 2012-03",
        "2012-03+00:00",
        "2012-03Z",
        "+999999999-12",
        "-2012-03",
        "2012–03",
        "x"
      })
  void refusesAKeyWrittenOtherwise(String text) {
    assertThatThrownBy(() -> PartitionsDefinition.monthly("2012-01").until("2016-01").parse(text))
        .hasMessageStartingWith(
            "partition '"
                + text
                + "' is not a month from '2012-01' to '2015-12', written as yyyy-MM");
  }

  @Test
  void saysHowFarKeysGoToday() {
    var days = PartitionsDefinition.daily("2026-01-01");

    assertThat(days.parse("2030-01-01").text()).isEqualTo("2030-01-01");
    assertThatThrownBy(() -> days.parse("2025-12-31"))
        .hasMessage(
            "partition '2025-12-31' is not a day from '2026-01-01' on, written as yyyy-MM-dd");
    assertThatThrownBy(() -> days.parse("2026-06-01", LATER))
        .hasMessage(
            "partition '2026-06-01' is not a day from '2026-01-01' to '2026-05-31', written as yyyy-MM-dd");
  }

  @Test
  void givesARangeWithBothEnds() {
    var days = PartitionsDefinition.daily("2024-01-01");

    assertThat(
            texts(
                days.keysBetween(
                    PartitionKey.of("2024-02-28"), PartitionKey.of("2024-03-01"), LATER)))
        .containsExactly("2024-02-28", "2024-02-29", "2024-03-01");
    assertThatThrownBy(
            () ->
                days.keysBetween(
                    PartitionKey.of("2024-03-01"), PartitionKey.of("2024-02-29"), LATER))
        .hasMessage(
            "the range of partitions from '2024-03-01' to '2024-02-29' ends before it begins");
    assertThatThrownBy(
            () ->
                days.keysBetween(
                    PartitionKey.of("2024-03-01"), PartitionKey.of("2027-01-01"), LATER))
        .hasMessageStartingWith("partition '2027-01-01' is not a day");
  }

  /** Two thousand years of hours could not be listed; a million is the limit. */
  @Test
  void answersForAKeyWithoutListingTheOthers() {
    var hours = PartitionsDefinition.hourly("0001-01-01").in(NEW_YORK);

    assertThat(hours.contains(PartitionKey.of("2024-11-03-01:00-05:00"), LATER)).isTrue();
    assertThat(
            hours.keysBetween(
                PartitionKey.of("2024-01-01-00:00"), PartitionKey.of("2024-01-01-05:00"), LATER))
        .hasSize(6);
    assertThat(hours.last(LATER)).contains(PartitionKey.of("2026-05-31-19:00"));
    assertThatThrownBy(() -> hours.keys(LATER))
        .hasMessageContaining("more than 1000000 partitions");
  }

  @Test
  void refusesAnEndBeforeTheStartAndTimesThatAreNone() {
    assertThatThrownBy(() -> PartitionsDefinition.daily("2024-01-02").until("2024-01-01"))
        .hasMessageContaining("end before they start");
    assertThatThrownBy(() -> PartitionsDefinition.daily("2024-02-30"))
        .hasMessageStartingWith("start '2024-02-30' is no time");
    assertThatThrownBy(() -> PartitionsDefinition.daily("tomorrow"))
        .hasMessageStartingWith("start 'tomorrow' is no time");
    assertThatThrownBy(() -> PartitionsDefinition.daily("2024-01-01").beginning(1, 0, 0))
        .hasMessageStartingWith("a day cannot begin 1 days later");
  }
}

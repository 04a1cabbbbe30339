package io.stowage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.partition.CronSchedule;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.TimeWindowPartitionsDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronUtilsSchedulesTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private final CronUtilsSchedules schedules = new CronUtilsSchedules();
  private final PartitionContext context =
      PartitionContext.at(Instant.parse("2026-06-01T00:00:00Z")).withCrons(schedules);

  private List<String> texts(TimeWindowPartitionsDefinition definition) {
    return definition.keys(context).stream().map(PartitionKey::text).toList();
  }

  @Test
  void firesAfterAnInstantAndAtOrBeforeIt() {
    CronSchedule sixOnWeekdays = schedules.apply("0 6 * * MON-FRI");
    Instant friday = Instant.parse("2024-03-01T06:00:00Z");
    ZoneId utc = ZoneId.of("UTC");

    assertThat(sixOnWeekdays.next(friday, utc)).isEqualTo("2024-03-04T06:00:00Z");
    assertThat(sixOnWeekdays.next(friday.minusNanos(1), utc)).isEqualTo(friday);
    assertThat(sixOnWeekdays.last(friday, utc)).isEqualTo(friday);
    assertThat(sixOnWeekdays.last(friday.minusNanos(1), utc)).isEqualTo("2024-02-29T06:00:00Z");
    assertThat(sixOnWeekdays.last(friday.plusNanos(1), utc)).isEqualTo(friday);
  }

  @Test
  void firesOnEitherDayWhereBothAreGiven() {
    var days =
        PartitionsDefinition.cron("0 0 13 * 5", "2024-09-01")
            .until("2024-10-01")
            .format("yyyy-MM-dd");

    assertThat(texts(days)).containsExactly("2024-09-06", "2024-09-13", "2024-09-20");
    assertThat(texts(days.until("2024-10-14"))).endsWith("2024-10-04", "2024-10-11");
  }

  @Test
  void makesWindowsFromOneTimeToTheNext() {
    var weekdays =
        PartitionsDefinition.cron("0 6 * * 1-5", "2024-03-01").until("2024-03-06").in(NEW_YORK);

    assertThat(texts(weekdays)).containsExactly("2024-03-01-06:00", "2024-03-04-06:00");
    assertThat(weekdays.window(PartitionKey.of("2024-03-01-06:00"), context).orElseThrow())
        .hasToString("2024-03-01T06:00-05:00/2024-03-04T06:00-05:00");
    assertThat(weekdays.contains(PartitionKey.of("2024-03-01-07:00"), context)).isFalse();
    assertThat(weekdays.contains(PartitionKey.of("2024-03-02-06:00"), context)).isFalse();
    assertThatThrownBy(() -> weekdays.parse("2024-03-02-06:00", context))
        .hasMessage(
            "partition '2024-03-02-06:00' is not a window of cron '0 6 * * 1-5' from '2024-03-01-06:00' to '2024-03-04-06:00', written as yyyy-MM-dd-HH:mm; is '2024-03-01-06:00' meant?");
  }

  @Test
  void firesOnceADayWhateverTheClockDoes() {
    var daily =
        PartitionsDefinition.cron("30 1,2 * * *", "2024-03-09").until("2024-03-12").in(NEW_YORK);

    assertThat(texts(daily))
        .containsExactly(
            "2024-03-09-01:30",
            "2024-03-09-02:30",
            "2024-03-10-01:30",
            "2024-03-10-03:00",
            "2024-03-11-01:30");
    assertThat(
            texts(
                PartitionsDefinition.cron("30 1 * * *", "2024-11-02")
                    .until("2024-11-05")
                    .in(NEW_YORK)))
        .containsExactly("2024-11-02-01:30", "2024-11-03-01:30");
  }

  @Test
  void firesEveryHourWhateverTheClockDoes() {
    assertThat(
            texts(
                PartitionsDefinition.cron("0 * * * *", "2024-11-03")
                    .until("2024-11-04")
                    .in(NEW_YORK)))
        .hasSize(25)
        .containsSequence("2024-11-03-01:00", "2024-11-03-01:00-05:00", "2024-11-03-02:00");
    assertThat(
            texts(
                PartitionsDefinition.cron("0 * * * *", "2024-03-10")
                    .until("2024-03-11")
                    .in(NEW_YORK)))
        .hasSize(23)
        .containsSequence("2024-03-10-01:00", "2024-03-10-03:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*/20 * * * *; America/New_York",
        "0 * * * *; Australia/Lord_Howe",
        "*/15 0,1,2,3 * * *; Australia/Lord_Howe",
        "0 0 * * *; America/Havana",
        "30 0 * * *; Asia/Beirut",
        "0 12 30 * *; Pacific/Apia",
        "15 */2 * * *; Africa/Casablanca"
      })
  void agreesWithItselfForwardsAndBackwards(String expression, String zone) {
    var definition =
        PartitionsDefinition.cron(expression, "2011-12-01").until("2012-05-15").in(ZoneId.of(zone));
    var keys = definition.keys(context);
    var schedule = schedules.apply(expression);

    assertThat(keys).isNotEmpty();
    assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
    Instant end = null;
    for (PartitionKey key : keys) {
      var window = definition.window(key, context).orElseThrow();
      assertThat(end == null || end.equals(window.start())).as(key.text()).isTrue();
      assertThat(schedule.last(window.end().minusNanos(1), definition.zone()))
          .isEqualTo(window.start());
      end = window.end();
    }
  }

  @Test
  void readsKeysWhoseFormatLeavesTheTimeOut() {
    var days = PartitionsDefinition.cron("0 6 * * *", "2024-01-01").format("yyyyMMdd").in(NEW_YORK);

    assertThat(days.window(PartitionKey.of("20240310"), context).orElseThrow())
        .hasToString("2024-03-10T06:00-04:00/2024-03-11T06:00-04:00");
    assertThatThrownBy(
            () ->
                PartitionsDefinition.cron("0 6,7 * * *", "2024-01-01")
                    .format("yyyyMMdd")
                    .keys(context))
        .hasMessage("format 'yyyyMMdd' gives two windows the key '20240101'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"61 * * * *", "0 25 * * *", "0 0 0 * *", "x y z a b"})
  void refusesWhatIsNoCronExpression(String expression) {
    assertThatThrownBy(() -> schedules.apply(expression))
        .hasMessageStartingWith("cron '" + expression + "' is no cron expression");
  }

  @Test
  void refusesAnExpressionThatNeverFires() {
    assertThatThrownBy(() -> PartitionsDefinition.cron("0 0 30 2 *", "2024-01-01"))
        .hasMessage(
            "cron '0 0 30 2 *' never fires: no month that it names has a day that it names");
  }

  @Test
  void isNeededForTheWindowOfACronExpression() {
    var definition = PartitionsDefinition.cron("0 6 * * *", "2024-01-01");

    assertThat(definition.parse("2024-03-01-06:00").text()).isEqualTo("2024-03-01-06:00");
    assertThatThrownBy(() -> definition.window(PartitionKey.of("2024-03-01-06:00")))
        .hasMessageContaining("give window() a context");
    assertThatThrownBy(() -> definition.keys(PartitionContext.at(Instant.EPOCH)))
        .hasMessageContaining("give the context cron schedules");
  }

  @Test
  @Tag("C42")
  void knowsTheNamesOfACrontab() {
    assertThat(PartitionsDefinition.cron("@daily", "2026-01-01"))
        .isEqualTo(PartitionsDefinition.cron("0 0 * * *", "2026-01-01"));
    assertThatThrownBy(() -> PartitionsDefinition.cron("@reboot", "2026-01-01"))
        .hasMessageContaining("has not the five fields");
  }
}

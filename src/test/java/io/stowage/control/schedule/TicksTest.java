package io.stowage.control.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.schedule.CatchUp;
import io.stowage.catalog.ScheduleDeclaration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which ticks are due, by what was missed and by the clock on the wall. */
class TicksTest {
  private static final Instant MONDAY = Instant.parse("2026-06-01T00:00:00Z");

  private static Ticks ticks(String cron, String zone, CatchUp catchUp, int most) {
    return Ticks.of(new ScheduleDeclaration(cron, zone, catchUp, most, false));
  }

  private static List<Instant> due(Ticks ticks, String after, String now) {
    return ticks.due(Instant.parse(after), Instant.parse(now), null);
  }

  @ParameterizedTest
  @EnumSource
  void aTickOnTimeIsDueWhateverTheCatchUp(CatchUp catchUp) {
    var daily = ticks("0 6 * * *", "", catchUp, 100);
    assertThat(due(daily, "2026-06-01T05:00:00Z", "2026-06-01T05:59:59Z")).isEmpty();
    assertThat(due(daily, "2026-06-01T05:00:00Z", "2026-06-01T06:00:00Z"))
        .containsExactly(Instant.parse("2026-06-01T06:00:00Z"));
    assertThat(due(daily, "2026-06-01T05:00:00Z", "2026-06-01T06:00:59.9Z")).hasSize(1);
    assertThat(due(daily, "2026-06-01T06:00:00Z", "2026-06-01T06:00:01Z")).isEmpty();
  }

  @Test
  void noneLeavesOutWhatWasMissed() {
    var daily = ticks("0 6 * * *", "", CatchUp.NONE, 100);
    assertThat(due(daily, "2026-06-01T05:00:00Z", "2026-06-01T06:01:01Z")).isEmpty();
    assertThat(due(daily, "2026-06-01T05:00:00Z", "2026-06-04T06:00:10Z"))
        .containsExactly(Instant.parse("2026-06-04T06:00:00Z"));
  }

  @Test
  void noneGoesOnTryingATickThatWasOnTimeUntilTheNext() {
    var daily = ticks("0 6 * * *", "", CatchUp.NONE, 100);
    Instant tick = Instant.parse("2026-06-01T06:00:00Z");
    assertThat(daily.due(MONDAY, tick.plusSeconds(3600), tick)).containsExactly(tick);
    assertThat(daily.due(MONDAY, tick.plusSeconds(86_400), tick))
        .containsExactly(tick.plusSeconds(86_400));
  }

  @Test
  void lastRunsTheLastOfThoseMissed() {
    var daily = ticks("0 6 * * *", "", CatchUp.LAST, 100);
    assertThat(due(daily, "2026-05-01T07:00:00Z", "2026-06-04T05:00:00Z"))
        .containsExactly(Instant.parse("2026-06-03T06:00:00Z"));
  }

  @Test
  void allRunsEachTheOldestFirst() {
    var daily = ticks("0 6 * * *", "", CatchUp.ALL, 100);
    assertThat(due(daily, "2026-06-01T06:00:00Z", "2026-06-04T05:00:00Z"))
        .containsExactly(
            Instant.parse("2026-06-02T06:00:00Z"), Instant.parse("2026-06-03T06:00:00Z"));
  }

  @Test
  void allRunsNoMoreThanTheLastSoMany() {
    var minutes = ticks("* * * * *", "", CatchUp.ALL, 3);
    assertThat(due(minutes, "2016-06-01T06:00:00Z", "2026-06-04T05:00:30Z"))
        .containsExactly(
            Instant.parse("2026-06-04T04:58:00Z"),
            Instant.parse("2026-06-04T04:59:00Z"),
            Instant.parse("2026-06-04T05:00:00Z"));
  }

  @Test
  void atTheHourOfTheZoneInSummerAndInWinter() {
    var daily = ticks("0 6 * * *", "Europe/Zurich", CatchUp.LAST, 100);
    assertThat(daily.next(MONDAY)).isEqualTo("2026-06-01T04:00:00Z");
    assertThat(daily.next(Instant.parse("2026-12-01T00:00:00Z"))).isEqualTo("2026-12-01T05:00:00Z");
  }

  @Test
  void onceWhereTheClockLeavesTheTimeOut() {
    var daily = ticks("30 2 * * *", "Europe/Zurich", CatchUp.ALL, 100);
    assertThat(due(daily, "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z"))
        .containsExactly(
            Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-03-30T00:30:00Z"));
  }

  @Test
  void onceWhereTheClockShowsTheTimeTwice() {
    var daily = ticks("30 2 * * *", "Europe/Zurich", CatchUp.ALL, 100);
    assertThat(due(daily, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"))
        .containsExactly(
            Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-26T01:30:00Z"));
  }
}

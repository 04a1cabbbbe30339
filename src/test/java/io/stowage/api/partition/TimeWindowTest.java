package io.stowage.api.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimeWindowTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private final TimeWindow march =
      new TimeWindow(
          Instant.parse("2024-02-29T23:00:00Z"), Instant.parse("2024-03-31T22:00:00Z"), VIENNA);

  @Test
  void containsItsStartAndNotItsEnd() {
    assertThat(march.contains(march.start())).isTrue();
    assertThat(march.contains(march.end().minusNanos(1))).isTrue();
    assertThat(march.contains(march.end())).isFalse();
    assertThat(march.contains(march.start().minusNanos(1))).isFalse();
  }

  @Test
  void containsTheDaysThatBeginInIt() {
    assertThat(march.contains(LocalDate.of(2024, 3, 1))).isTrue();
    assertThat(march.contains(LocalDate.of(2024, 3, 31))).isTrue();
    assertThat(march.contains(LocalDate.of(2024, 4, 1))).isFalse();
    assertThat(march.contains(LocalDate.of(2024, 2, 29))).isFalse();
  }

  @Test
  void doesNotOverlapTheOneThatFollows() {
    var april = new TimeWindow(march.end(), march.end().plusSeconds(1), VIENNA);

    assertThat(march.overlaps(april)).isFalse();
    assertThat(april.overlaps(march)).isFalse();
    assertThat(march.overlaps(new TimeWindow(march.end().minusNanos(1), april.end(), VIENNA)))
        .isTrue();
  }

  @Test
  void showsTheClockOfItsZone() {
    assertThat(march.startDate()).isEqualTo("2024-03-01");
    assertThat(march).hasToString("2024-03-01T00:00+01:00/2024-04-01T00:00+02:00");
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> new TimeWindow(march.start(), march.start(), VIENNA))
        .hasMessageContaining("is empty");
  }
}

package io.stowage.control.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class UuidsTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void areOfVersionSevenAndSortByTime() {
    var earlier = Uuids.atTime(TIME);
    var later = Uuids.atTime(TIME.plusMillis(1));
    assertThat(earlier.version()).isEqualTo(7);
    assertThat(earlier.variant()).isEqualTo(2);
    assertThat(earlier.getMostSignificantBits() >>> 16).isEqualTo(TIME.toEpochMilli());
    assertThat(earlier.toString()).isLessThan(later.toString());
  }

  @Test
  void areDifferentAtTheSameTime() {
    assertThat(Uuids.atTime(TIME)).isNotEqualTo(Uuids.atTime(TIME));
  }

  @Test
  void derivedOnesAreTheSameForTheSameCause() {
    var one = Uuids.derived(TIME, "backfill/3");
    assertThat(one)
        .isEqualTo(Uuids.derived(TIME, "backfill/3"))
        .isNotEqualTo(Uuids.derived(TIME, "backfill/4"));
    assertThat(one.version()).isEqualTo(7);
  }
}

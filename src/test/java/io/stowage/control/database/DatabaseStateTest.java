package io.stowage.control.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.control.database.DatabaseState.Facts;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseStateTest {
  private static Facts facts(String version, int number) {
    return new Facts(version, number, false, Instant.EPOCH, "on", "on", "on", "on", 100, 1, true);
  }

  @Test
  void aServerIsTooOldBeforeTheFirstReleaseOfTheOldestVersion() {
    assertThat(facts("14.20", 140020).tooOld()).isTrue();
    assertThat(facts("15beta1", 150000).tooOld()).isFalse();
    assertThat(facts("18.1", 180001).tooOld()).isFalse();
  }
}

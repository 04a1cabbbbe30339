package io.stowage.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C51")
class AsOfTest {
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  private static @Nullable Object time(String text) {
    return AsOf.parse(text, ZURICH).at();
  }

  @Test
  void readsTimesAsPeopleWriteThem() {
    assertThat(time("2016-07-01T00:00:00Z")).hasToString("2016-07-01T00:00:00Z");
    assertThat(time("2016-07-01T01:00+01:00")).hasToString("2016-07-01T00:00:00Z");
    assertThat(time("2016-07-01T01:00-04:00[America/New_York]"))
        .hasToString("2016-07-01T05:00:00Z");
    assertThat(time(" 2016-07-01 02:00 ")).hasToString("2016-07-01T00:00:00Z");
  }

  @Test
  void takesADateForItsFirstMoment() {
    assertThat(time("2016-07-01")).hasToString("2016-06-30T22:00:00Z");
    assertThat(AsOf.parse("2016-07-01", ZoneOffset.UTC).at()).hasToString("2016-07-01T00:00:00Z");
  }

  @Test
  void readsTheIdOfARun() {
    UUID run = UUID.randomUUID();

    assertThat(AsOf.parse(run.toString(), ZURICH)).isEqualTo(new AsOf(null, run));
    assertThat(AsOf.parse(run.toString(), ZURICH).by()).isEqualTo("by the end of run '%s'", run);
  }

  @Test
  void refusesWhatIsNeither() {
    for (String text : new String[] {"", "yesterday", "2016-13-01", "2016-07-01T25:00", "12:00"}) {
      assertThatThrownBy(() -> time(text))
          .isInstanceOfSatisfying(
              StowageException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
          .hasMessageContainingAll(
              "'" + text + "'", "2026-11-23T08:00:00Z", "without a zone it is Europe/Zurich time");
    }
  }
}

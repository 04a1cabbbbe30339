package io.stowage.api.partition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C42")
class CronFieldsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "*/15 0-6,22 1 JAN-mar MON-FRI",
        "0 0 31 2,3 *",
        "0 0 29 2 *",
        "0 0 30 2 MON",
        "5/20 6 * * 7",
        "0 0 31 */2 *"
      })
  void takesWhatFires(String expression) {
    assertThat(CronFields.fault(expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "60 * * * *|'60' is no minute, which is 0 to 59",
        "* 24 * * *|'24' is no hour, which is 0 to 23",
        "* * 0 * *|'0' is no day of the month, which is 1 to 31",
        "* * * 13 *|'13' is no month",
        "* * * FEBR *|'FEBR' is no month",
        "* * * * 8|'8' is no day of the week, which is 0 to 7",
        "*/0 * * * *|'0' is no minute",
        "5-1 * * * *|'5-1' is no minute",
        "1,,2 * * * *|'' is no minute",
        "1-2-3 * * * *|'1-2-3' is no minute",
        "0 0 31 4,6,9,11 *|never fires",
        "0 0 30,31 2 *|never fires"
      })
  void saysWhatCannotBe(String expression, String fault) {
    assertThat(CronFields.fault(expression).orElseThrow()).contains(fault);
  }
}

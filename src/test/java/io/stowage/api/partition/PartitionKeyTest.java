package io.stowage.api.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionKeyTest {
  @Test
  void isItsComponentWhereThereIsOneDimension() {
    var key = PartitionKey.of("a|b\\c/d");

    assertThat(key.text()).isEqualTo("a|b\\c/d");
    assertThat(key.components()).containsExactly("a|b\\c/d");
    assertThat(key.dimension("whatever")).isEqualTo("a|b\\c/d");
    assertThat(key).isEqualTo(PartitionKey.of(Map.of("city", "a|b\\c/d"))).hasToString("a|b\\c/d");
  }

  @Test
  void ordersItsComponentsByTheNameOfTheirDimension() {
    var key = PartitionKey.of(Map.of("date", "2012-03", "city", "New York"));

    assertThat(key.text()).isEqualTo("New York|2012-03");
    assertThat(key.components()).containsExactly("New York", "2012-03");
    assertThat(key.dimension("date")).isEqualTo("2012-03");
    assertThatThrownBy(() -> key.dimension("year"))
        .hasMessage("partition 'New York|2012-03' has no dimension 'year', but 'city', 'date'");
  }

  /** Texts over the special characters, two components: no two pairs have the same text. */
  @Test
  void writesSeveralComponentsSoThatNoTwoKeysShareAText() {
    var components = List.of("a", "|", "\\", "a|", "|a", "\\|", "|\\", "\\\\", "a\\", "||", "\\a");
    var texts = new HashSet<String>();
    for (String one : components) {
      for (String other : components) {
        String text = PartitionKey.of(Map.of("a", one, "b", other)).text();
        assertThat(texts.add(text)).as(text).isTrue();
        assertThat(PartitionKey.split(text)).containsExactly(one, other);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a\0b", "a\nb", "\u007f", "\u0085", "\ud800", "x\udc00y"})
  void refusesWhatNoStoreCouldName(String text) {
    assertThatThrownBy(() -> PartitionKey.of(text))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_KEY))
        .message()
        .doesNotContainPattern("[\\p{Cc}\\p{Cs}]");
    assertThatThrownBy(() -> PartitionKey.of(Map.of("a", "fine", "b", text)))
        .isInstanceOf(StowageException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "../..", "a/../b", "%2e%2e", "...", " ", "naïve", "日本", "🌧", "@", "C:\\x"})
  void takesAnyOtherText(String text) {
    assertThat(PartitionKey.of(text).text()).isEqualTo(text);
  }

  @Test
  void refusesATextLongerThan512Characters() {
    assertThat(PartitionKey.of("x".repeat(512)).text()).hasSize(512);
    assertThatThrownBy(() -> PartitionKey.of("x".repeat(513)))
        .hasMessageEndingWith("it is longer than 512 characters");
    assertThatThrownBy(() -> PartitionKey.of(Map.of("a", "|".repeat(200), "b", "|".repeat(200))))
        .hasMessageEndingWith("it is longer than 512 characters");
  }

  @Test
  void refusesADimensionThatIsNoName() {
    assertThatThrownBy(() -> PartitionKey.of(Map.of("a b", "x", "c", "y")))
        .hasMessageStartingWith("a dimension cannot be named 'a b'");
  }

  @Test
  void sortsByItsComponents() {
    assertThat(
            List.of(
                    PartitionKey.of("b"),
                    PartitionKey.of("a"),
                    PartitionKey.of(Map.of("x", "a", "y", "0")))
                .stream()
                .sorted())
        .extracting(PartitionKey::text)
        .containsExactly("a", "a|0", "b");
  }
}

package io.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "2026-08-01,2026-08-01",
    "a=b.c_d,a=b.c_d",
    "a/b,a%2Fb",
    "a@b,a%40b",
    "100%,100%25",
    "New York,New%20York",
    "é,%C3%A9",
    ".,%2E",
    "..,%2E%2E",
    "...,...",
    "~,%7E"
  })
  void encodesAndDecodes(String text, String encoded) {
    assertThat(KeyEncoding.encode(text)).isEqualTo(encoded);
    assertThat(KeyEncoding.decode(encoded)).isEqualTo(text);
  }

  @Test
  void keepsAllTextsApartAndValid() {
    var random = new Random(1);
    var texts = new HashSet<String>();
    var encodings = new HashSet<String>();
    for (int i = 0; i < 5_000; i++) {
      String text =
          random
              .ints(1 + random.nextInt(4), 0, 0x300)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String encoded = KeyEncoding.encode(text);
      texts.add(text);
      encodings.add(encoded);
      assertThat(KeyEncoding.decode(encoded)).isEqualTo(text);
      assertThat(ObjectKey.of(encoded).components()).hasSize(1);
    }
    assertThat(encodings).hasSameSizeAs(texts);
  }

  @Test
  void shortensWhatFilesCannotBeNamed() {
    String one = KeyEncoding.encode("日本".repeat(100) + "1");
    String two = KeyEncoding.encode("日本".repeat(100) + "2");

    assertThat(one)
        .hasSizeLessThanOrEqualTo(KeyEncoding.MAX_LENGTH)
        .startsWith("%E6%97%A5")
        .matches("(%[0-9A-F]{2})+~[0-9a-f]{64}")
        .isNotEqualTo(two);
    assertThat(KeyEncoding.encode("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(KeyEncoding.encode("x".repeat(201))).hasSize(185);
    assertThatThrownBy(() -> KeyEncoding.decode(one)).hasMessageContaining("was shortened");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a%2f", "%41", "a%", "@a", "..", "%FF"})
  void refusesToDecodeWhatItNeverMade(String encoded) {
    assertThatThrownBy(() -> KeyEncoding.decode(encoded))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\ud800"})
  void refusesToEncodeWhatIsNoText(String text) {
    assertThatThrownBy(() -> KeyEncoding.encode(text))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_KEY));
  }
}

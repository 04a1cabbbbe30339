package io.stowage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectKeyTest {
  static Stream<String> invalid() {
    return Stream.of(
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/./b",
        "a/..",
        "../a",
        "a\nb",
        "a\u0000",
        "a\u007f",
        "a\\b",
        "\ud800",
        "a".repeat(256),
        "a/".repeat(512) + "a");
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refuses(String path) {
    assertThatThrownBy(() -> ObjectKey.of(path))
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_KEY))
        .message()
        .matches("object key '\\P{Cntrl}*' .*");
  }

  @Test
  void hasComponents() {
    var key = ObjectKey.of("weather/monthly/@2012-03").resolve("id.avro");

    assertThat(key.components()).containsExactly("weather", "monthly", "@2012-03", "id.avro");
    assertThat(key.name()).isEqualTo("id.avro");
    assertThat(key).hasToString("weather/monthly/@2012-03/id.avro");
  }

  @Test
  void isOrderedAsS3Lists() {
    assertThat(
            Stream.of("b", "a/c", "\ud83d\udea2", "a-b", "\ufb01", "a0")
                .map(ObjectKey::of)
                .sorted()
                .map(ObjectKey::path))
        .containsExactly("a-b", "a/c", "a0", "b", "\ufb01", "\ud83d\udea2");
  }
}

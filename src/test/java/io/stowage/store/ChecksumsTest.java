package io.stowage.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ChecksumsTest {
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void passesWhatWasStored() throws Exception {
    assertThat(verifying("abc").readAllBytes()).asString(UTF_8).isEqualTo("abc");
    var stream = verifying("abc");
    assertThat(stream.skip(2)).isEqualTo(2);
    assertThat(stream.read()).isEqualTo('c');
    assertThat(stream.read()).isEqualTo(-1);
    assertThat(stream.read()).isEqualTo(-1);
  }

  @Test
  void namesObjectAndChecksumsOfWhatWasNot() {
    assertThatThrownBy(() -> verifying("abd").readAllBytes())
        .isInstanceOfSatisfying(
            StowageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessage(
            "'a/b' is not what was stored: its SHA-256 is '%s', and '%s' was expected",
            Checksums.sha256("abd".getBytes(UTF_8)), OF_ABC);
  }

  @Test
  void noticesThatTheEndIsMissing() {
    assertThatThrownBy(() -> verifying("ab").readAllBytes()).hasMessageContaining("'a/b'");
  }

  private static InputStream verifying(String text) {
    return Checksums.verifying(
        new ByteArrayInputStream(text.getBytes(UTF_8)), OF_ABC, ObjectKey.of("a/b"));
  }
}

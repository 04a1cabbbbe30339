package io.stowage.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.store.ObjectKey;
import java.time.Instant;
import java.util.Map;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3HeadersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sun, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z
          Thu, 29 Feb 2024 23:59:59 GMT    | 2024-02-29T23:59:59Z
          Tue, 1 Dec 2026 00:00:00 GMT     | 2026-12-01T00:00:00Z
          Tue, 01 Dec 2026 02:00:00 +0200  | 2026-12-01T00:00:00Z
          """)
  void readsTheTimesThatServersSend(String header, Instant time) {
    assertThat(S3Headers.instant(header)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          yesterday
          Sun, 06 anF 1994 08:49:37 GMT
          Sun, 99 Nov 1994 08:49:37 GMT
          Sun, 06 Nov 1994 0x:49:37 GMT
          """)
  void takesNowForATimeThatIsNone(String header) {
    var before = Instant.now();
    assertThat(S3Headers.instant(header)).isBetween(before, Instant.now());
  }

  @Test
  void readsMetadataWhateverTheCaseOfItsNames() {
    var headers = Headers.of("X-Amz-Meta-Run", "r%201", "Content-Length", "7", "ETag", "\"abc\"");

    var info = S3Headers.info(ObjectKey.of("a/b"), headers);

    assertThat(info.metadata()).containsExactly(Map.entry("run", "r 1"));
    assertThat(info.size()).isEqualTo(7);
    assertThat(info.etag()).isEqualTo("abc");
  }
}

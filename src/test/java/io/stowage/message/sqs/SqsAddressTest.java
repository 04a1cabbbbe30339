package io.stowage.message.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.StowageException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqsAddressTest {
  private static SqsAddress of(String text) {
    return SqsAddress.parse("stowage.queue.url", text);
  }

  @Test
  void readsAName() {
    assertThat(of("sqs://my_runs-1")).isEqualTo(new SqsAddress(null, null, "my_runs-1"));
    assertThat(of("sqs://123456789012/runs"))
        .isEqualTo(new SqsAddress(null, "123456789012", "runs"))
        .hasToString("sqs://123456789012/runs");
    assertThat(of("sqs://runs").endpoint()).isEmpty();
    assertThat(of("sqs://runs").region()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://sqs.eu-central-1.amazonaws.com/123456789012/runs, eu-central-1",
    "https://sqs.us-gov-west-1.amazonaws.com/123456789012/runs, us-gov-west-1",
    "https://sqs-fips.us-east-2.amazonaws.com/123456789012/runs, us-east-2",
    "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/runs, cn-north-1",
    "https://vpce-0a-1b.sqs.eu-west-1.vpce.amazonaws.com/123456789012/runs, eu-west-1",
    "https://eu-west-3.queue.amazonaws.com/123456789012/runs, eu-west-3",
    "http://localhost:9324/000000000000/runs,",
    "https://sqs.example.com/1/runs,"
  })
  void readsRegionAndServiceOfAUrl(String url, String region) {
    assertThat(of(url).region().orElse(null)).isEqualTo(region);
    assertThat(of(url).endpoint())
        .hasValueSatisfying(service -> assertThat(url).startsWith(service + "/"))
        .map(URI::getAuthority)
        .contains(URI.create(url).getAuthority());
    assertThat(of(url).name()).isEqualTo("runs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "runs",
        "sqs://",
        "sqs://12/runs",
        "sqs://123456789012/runs/more",
        "https://sqs.eu-central-1.amazonaws.com",
        "https://sqs.eu-central-1.amazonaws.com/1/",
        "https://sqs.eu-central-1.amazonaws.com/1/runs?x=1",
        "ftp://localhost/1/runs",
        "not a url",
        "sqs://runs with blanks"
      })
  void refusesWhatIsNoQueueNamingTheSetting(String text) {
    assertThatThrownBy(() -> of(text))
        .isInstanceOf(StowageException.class)
        .hasMessageStartingWith("stowage.queue.url ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqs://runs.fifo", "https://sqs.eu-west-1.amazonaws.com/1/runs.fifo"})
  void refusesAFifoQueueSayingWhy(String text) {
    assertThatThrownBy(() -> of(text)).hasMessageContaining("FIFO");
  }

  @Test
  void doesNotRepeatCredentialsOfAUrl() {
    assertThatThrownBy(() -> of("https://me:hush@sqs.example.com/1/runs"))
        .hasMessageContaining("credentials")
        .hasMessageNotContaining("hush");
  }

  @Test
  void wantsBothKeysOrNone() {
    assertThat(SqsSettings.Keys.of(null, null)).isNull();
    assertThatThrownBy(() -> SqsSettings.Keys.of("me", null))
        .hasMessageContaining("stowage.queue.secret-key");
    assertThatThrownBy(() -> SqsSettings.Keys.of(null, "hush"))
        .hasMessageContaining("stowage.queue.access-key")
        .hasMessageNotContaining("hush");
    assertThat(
            new SqsSettings(null, null, SqsSettings.Keys.of("me", "hush"), Duration.ofSeconds(30)))
        .asString()
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.5S", "PT-1S", "PT12H1S"})
  void refusesAVisibilityThatTheServiceDoesNotHave(Duration visibility) {
    assertThatThrownBy(() -> new SqsSettings(null, null, null, visibility))
        .hasMessageContaining("stowage.queue.visibility");
  }
}

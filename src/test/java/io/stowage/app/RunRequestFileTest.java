package io.stowage.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRequestFileTest {
  private static final String REQUEST = "{\"assets\": [\"a/b\"], \"partition\": \"2012-03\"}";

  @TempDir Path folder;

  private RunRequestFile read(String json) throws IOException {
    return RunRequestFile.read(Files.writeString(folder.resolve("event"), json));
  }

  private static String event(String id, String data) {
    return "{\"specversion\": \"1.0\", \"type\": \"t\", \"source\": \"/s\", \"time\": \"2026-11-29T08:00:00Z\", "
        + "\"id\": \"%s\", %s}".formatted(id, data);
  }

  private void refused(String json, String... words) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            StowageException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("event'")
        .hasMessageContainingAll(words);
  }

  @Test
  void readsTheRequestOfAnEventAndWhatItIsKnownBy() throws IOException {
    var file = read(event("7", "\"data\": " + REQUEST));
    assertThat(file.idempotencyKey()).isEqualTo("/s 7");
    assertThat(file.request().assets()).isEqualTo(List.of("a/b"));
    assertThat(file.request().partition()).isEqualTo("2012-03");
  }

  @Test
  void readsDataInBase64() throws IOException {
    String data = Base64.getEncoder().encodeToString(REQUEST.getBytes());
    assertThat(read(event("7", "\"data_base64\": \"" + data + "\"")).request().assets())
        .isEqualTo(List.of("a/b"));
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    refused("", "specversion");
    refused("[", "no JSON");
    refused(REQUEST, "CloudEvent");
    refused(event("", "\"data\": " + REQUEST), "'id'");
    refused(event("7", "\"data\": \"text\""), "'data'");
    refused(event("7".repeat(300), "\"data\": " + REQUEST), "longer");
    refused(event("7", "\"data\": {\"asset\": \"a\"}"), "'data.asset'");
    refused(
        event(
            "7",
            "\"data\": {\"assets\": [\"a\"], \"concurrency\": [{\"key\": \"k\", \"max\": 0}]}"),
        "'data.concurrency'",
        "'max' is 0");
    assertThatThrownBy(() -> RunRequestFile.read(folder.resolve("none")))
        .hasMessageContaining("none' cannot be read");
  }
}

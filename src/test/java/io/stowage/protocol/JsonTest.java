package io.stowage.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final UUID ID = UUID.fromString("01a20712-8f28-7a35-93b4-cac4ea071758");

  private final ObjectMapper strict = Json.configure(new ObjectMapper());

  @Test
  void writesSnakeCaseIsoTimesAndLeavesOutWhatIsAbsent() {
    var event =
        new RunEvent(
            1, Instant.parse("2026-01-02T03:04:05Z"), "log", null, null, "hello", Map.of());
    assertThat(Json.text(event))
        .isEqualTo(
            "{\"n\":1,\"at\":\"2026-01-02T03:04:05Z\",\"type\":\"log\",\"message\":\"hello\",\"data\":{}}");
    assertThat(
            Json.text(
                new SessionAnswer(
                    7, "s", Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(20))))
        .contains("\"claim_wait\":\"PT20S\"");
  }

  @Test
  void aWorkerTellsOfWhatNoDatabaseKeepsByTheReplacementCharacter() throws Exception {
    assertThat(Json.teller().writeValueAsString(Map.of("a", List.of("x\0", Map.of("b", "\0")))))
        .isEqualTo("{\"a\":[\"x\uFFFD\",{\"b\":\"\uFFFD\"}]}");
    assertThat(Json.teller().writeValueAsString(List.of("\0", "y")))
        .isEqualTo("[\"\uFFFD\",\"y\"]");
  }

  @Test
  void whoReadsAnswersDoesNotMindWhatANewerServerSays() {
    var answer =
        Json.read(
            "{\"id\":\"" + ID + "\",\"state\":\"queued\",\"replayed\":false,\"new\":1}",
            SubmitAnswer.class);
    assertThat(answer).isEqualTo(new SubmitAnswer(ID, "queued", false));
  }

  @Test
  void whoReadsRequestsDoes() {
    assertThatExceptionOfType(UnrecognizedPropertyException.class)
        .isThrownBy(() -> strict.readValue("{\"asets\":[]}", SubmitRequest.class));
  }

  @Test
  void refusesAHole() {
    assertThatExceptionOfType(JsonMappingException.class)
        .isThrownBy(
            () -> strict.readValue("{\"definition\":\"d\",\"add\":[null]}", DynamicKeys.class))
        .withMessageContaining("'add' has an element that is null");
  }

  @Test
  void theHashIsThatOfTheValueNotOfItsOrder() {
    var one = new LinkedHashMap<String, Object>();
    one.put("a", 1);
    one.put("b", List.of(2));
    var other = new LinkedHashMap<String, Object>();
    other.put("b", List.of(2));
    other.put("a", 1);
    assertThat(Json.hash(one))
        .isEqualTo(Json.hash(other))
        .hasSize(64)
        .isNotEqualTo(Json.hash(Map.of("a", 1)));
  }

  @Test
  void theHashOfWhatWasReadIsThatOfWhatWasWritten() {
    var document =
        new CatalogDocument(
            List.of(Map.of("step", "a", "tags", Map.of("x", "y"), "attempts", 1)), Map.of());
    assertThat(Json.hash(Json.read(Json.text(document), CatalogDocument.class)))
        .isEqualTo(Json.hash(document));
  }
}

package io.stowage.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.Json;
import io.stowage.protocol.SubmitRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A request for a run in a file, which is a CloudEvent as Knative's JobSink writes it: JSON with
 * the request as its data. Source and id, which together are one event's alone, make the
 * idempotency key: an event that is delivered twice asks for one run.
 */
record RunRequestFile(String idempotencyKey, SubmitRequest request) {
  private static final int LONGEST_KEY = 255;
  private static final ObjectMapper STRICT = Json.configure(new ObjectMapper());

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where the file is no such event, naming
   *     the file and the field
   */
  static RunRequestFile read(Path file) {
    try {
      JsonNode event = STRICT.readTree(Files.readAllBytes(file));
      if (!event.path("specversion").asText().startsWith("1.")) {
        throw wrong(file, "has no 'specversion' 1.0: it is to be a CloudEvent in JSON");
      }
      String key = text(file, event, "source") + " " + text(file, event, "id");
      if (key.length() > LONGEST_KEY) {
        throw wrong(
            file, "has a 'source' and an 'id' that are together longer than 254 characters");
      }
      return new RunRequestFile(key, request(file, event));
    } catch (JsonProcessingException e) {
      throw wrong(file, "is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw wrong(file, "cannot be read: " + e.getMessage());
    }
  }

  private static SubmitRequest request(Path file, JsonNode event) throws IOException {
    JsonNode data =
        event.has("data_base64")
            ? STRICT.readTree(event.path("data_base64").binaryValue())
            : event.path("data");
    if (!data.isObject()) {
      throw wrong(file, "has no 'data', which is to be the request, {\"assets\": […]}");
    }
    try {
      return STRICT.treeToValue(data, SubmitRequest.class);
    } catch (JsonMappingException e) {
      String said =
          e.getCause() instanceof StowageException told
              ? told.getMessage()
              : e.getOriginalMessage();
      throw wrong(file, "has a wrong 'data" + path(e) + "': " + said);
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(Reference::getFieldName)
        .filter(Objects::nonNull)
        .map(name -> "." + name)
        .collect(Collectors.joining());
  }

  private static String text(Path file, JsonNode event, String field) {
    String text = event.path(field).asText();
    if (text.isBlank()) {
      throw wrong(file, "has no '" + field + "', by which an event that comes twice is known");
    }
    return text;
  }

  private static StowageException wrong(Path file, String what) {
    return new StowageException(
        ErrorCode.INVALID_CONFIGURATION,
        "'" + file + "' " + what + " (stowage.worker.run-request-file)");
  }
}

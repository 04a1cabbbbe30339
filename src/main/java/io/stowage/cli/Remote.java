package io.stowage.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.Json;
import io.stowage.protocol.Page;
import io.stowage.protocol.http.BearerToken;
import io.stowage.protocol.http.JsonClient;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have that ask the control plane: where it is, and how the answer is shown. */
final class Remote {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The control plane (default: STOWAGE_CONTROL_URL, or " + DEFAULT_URL + ").")
  private @Nullable String url;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  boolean asJson() {
    return json;
  }

  PrintWriter out() {
    return java.util.Objects.requireNonNull(command).commandLine().getOut();
  }

  <T> T get(String path, Class<T> type) {
    try (JsonClient client = client()) {
      return client.call("GET", path, null, type, TIMEOUT);
    }
  }

  <T> Page<T> page(String path, Class<T> item) {
    return get(path, Json.reader().getTypeFactory().constructParametricType(Page.class, item));
  }

  <T> List<T> list(String path, Class<T> item) {
    return get(path, Json.reader().getTypeFactory().constructCollectionType(List.class, item));
  }

  private <T> T get(String path, JavaType type) {
    try (JsonClient client = client()) {
      return client.call("GET", path, null, type, TIMEOUT);
    }
  }

  <T> T post(String path, @Nullable Object body, Class<T> type) {
    try (JsonClient client = client()) {
      return client.call("POST", path, body, type, TIMEOUT);
    }
  }

  <T> List<T> postForList(String path, Object body, Class<T> item) {
    JavaType type = Json.reader().getTypeFactory().constructCollectionType(List.class, item);
    try (JsonClient client = client()) {
      return client.call("POST", path, body, type, TIMEOUT);
    }
  }

  <T> T post(String path, Object body, Class<T> type, String idempotencyKey) {
    try (JsonClient client = client()) {
      return client.with("Idempotency-Key", idempotencyKey).call("POST", path, body, type, TIMEOUT);
    }
  }

  private JsonClient client() {
    String base =
        url != null
            ? url
            : optional("stowage.control.url", "STOWAGE_CONTROL_URL").orElse(DEFAULT_URL);
    try {
      return new JsonClient(
          URI.create(base),
          BearerToken.of(
              optional("stowage.control.token", "STOWAGE_CONTROL_TOKEN"),
              optional("stowage.control.token-file", "STOWAGE_CONTROL_TOKEN_FILE").map(Path::of)),
          Json.reader());
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION, "'" + base + "' is no URL: " + e.getMessage(), e);
    }
  }

  /** A property that is empty says that there is none, whatever the environment says. */
  private static Optional<String> optional(String property, String variable) {
    return Optional.ofNullable(System.getProperty(property))
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .filter(text -> !text.isBlank());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A line of what is shown of one thing; none where there is nothing to say. */
  void line(String label, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      out().printf("%-11s %s%n", label, value);
    }
  }

  void printJson(Object value) {
    try {
      out()
          .println(
              Json.reader().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new StowageException(ErrorCode.INTERNAL_ERROR, "the answer cannot be shown as JSON", e);
    }
  }
}

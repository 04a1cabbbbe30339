package io.stowage.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.stowage.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks the control planes, and puts down what it asked and what it was told. */
final class Client implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String name;
  private final FaultProxy way;
  private final History history;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  Client(String name, FaultProxy way, History history) {
    this.name = name;
    this.way = way;
    this.history = history;
  }

  /**
   * @param status -1 where there was no answer
   */
  record Answer(int status, JsonNode body) {
    Operation.Outcome outcome() {
      return Operation.outcome(status);
    }

    Optional<String> text(String field) {
      return Optional.ofNullable(body.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
  }

  /** Asks once. */
  Answer submit(Request request) {
    var data = new HashMap<String, Object>(request.noted());
    return record(
        "submit",
        request.key(),
        data,
        () -> send("POST", "/v1/runs", request.body(), Map.of("Idempotency-Key", request.key())));
  }

  Answer cancel(String run) {
    return record(
        "cancel",
        run,
        new HashMap<>(),
        () -> send("POST", "/v1/runs/" + run + "/cancel", "", Map.of()));
  }

  Answer retry(String run) {
    return record(
        "retry",
        run,
        new HashMap<>(),
        () -> send("POST", "/v1/runs/" + run + "/retry", "", Map.of()));
  }

  /** Reads, which is not put down. */
  Answer get(String path) {
    return send("GET", path, "", Map.of());
  }

  Answer post(String path, String body) {
    return send("POST", path, body, Map.of());
  }

  private interface Call {
    Answer make();
  }

  private Answer record(String what, String subject, Map<String, Object> data, Call call) {
    long invoked = history.now();
    Answer answer = call.make();
    data.put("status", answer.status());
    answer.text("id").ifPresent(run -> data.put("run", run));
    answer.text("code").ifPresent(code -> data.put("code", code));
    history.add(new Operation(name, what, subject, answer.outcome(), invoked, history.now(), data));
    return answer;
  }

  private Answer send(String method, String path, String body, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(URI.create(way.url() + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response.body()));
    } catch (IOException e) {
      return new Answer(-1, json(""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(-1, json(""));
    }
  }

  private static JsonNode json(String text) {
    try {
      return Json.reader().readTree(text.isEmpty() ? "{}" : text);
    } catch (IOException e) {
      return Json.reader().createObjectNode();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

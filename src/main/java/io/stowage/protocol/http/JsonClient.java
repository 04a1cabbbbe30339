package io.stowage.protocol.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls the control plane and reads its answers; a problem document becomes a {@link
 * StowageException} with the code it names. Does not repeat a call: that is for who knows whether
 * it may be repeated. Safe from any thread; calls block.
 */
public final class JsonClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final URI base;
  private final BearerToken token;
  private final Map<String, String> headers;
  private final ObjectMapper json;
  private final HttpClient http;

  public JsonClient(URI base, BearerToken token, ObjectMapper json) {
    this(base, token, Map.of(), json, client(base));
  }

  private JsonClient(
      URI base,
      BearerToken token,
      Map<String, String> headers,
      ObjectMapper json,
      HttpClient http) {
    this.base = base;
    this.token = token;
    this.headers = headers;
    this.json = json;
    this.http = http;
  }

  private static HttpClient client(URI base) {
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    if ("http".equals(base.getScheme())) {
      builder.sslContext(
          unused()); // the default one reads the trust store, which takes longer than the rest of a
      // start
    }
    return builder.build();
  }

  private static SSLContext unused() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new javax.net.ssl.TrustManager[0], null);
      return context;
    } catch (java.security.GeneralSecurityException e) {
      throw new StowageException(ErrorCode.INTERNAL_ERROR, "this JDK has no TLS", e);
    }
  }

  /** The same client, with one more header on each call. */
  public JsonClient with(String name, String value) {
    var more = new HashMap<>(headers);
    more.put(name, value);
    return new JsonClient(base, token, more, json, http);
  }

  public URI base() {
    return base;
  }

  /**
   * @param body null for none
   * @param timeout for the whole answer
   * @throws StowageException with the code that the answer names; {@code UNAVAILABLE} where there
   *     is no answer
   */
  public <T> T call(
      String method, String path, @Nullable Object body, Class<T> answer, Duration timeout) {
    return call(method, path, body, json.constructType(answer), timeout);
  }

  /** As {@link #call(String, String, Object, Class, Duration)}, for generic types. */
  public <T> T call(
      String method, String path, @Nullable Object body, JavaType answer, Duration timeout) {
    HttpResponse<byte[]> response = send(request(method, path, body, timeout));
    if (response.statusCode() >= 400) {
      throw problem(method, path, response);
    }
    try {
      return response.body().length == 0
          ? json.convertValue(Map.of(), answer)
          : json.readValue(response.body(), answer);
    } catch (IOException e) {
      throw new StowageException(
          ErrorCode.INTERNAL_ERROR,
          "cannot read the answer to " + method + " " + path + ": " + e.getMessage(),
          e);
    }
  }

  private HttpRequest request(String method, String path, @Nullable Object body, Duration timeout) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(timeout)
            .header("Accept", "application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    token.token().ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    headers.forEach(request::header);
    return request.build();
  }

  private byte[] bytes(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new StowageException(
          ErrorCode.INTERNAL_ERROR,
          "cannot write " + body.getClass().getSimpleName() + " as JSON",
          e);
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StowageException(
          ErrorCode.CANCELED, "interrupted while waiting for the control plane", e);
    } catch (IOException e) {
      throw new StowageException(
          ErrorCode.UNAVAILABLE,
          "no answer from the control plane at '"
              + base
              + "'"
              + (e.getMessage() == null ? "" : ": " + e.getMessage())
              + "; is it running, and is stowage.control.url right?",
          e);
    }
  }

  private StowageException problem(String method, String path, HttpResponse<byte[]> response) {
    try {
      Problem problem = json.readValue(response.body(), Problem.class);
      String detail = problem.detail() == null ? problem.title() : problem.detail();
      return new StowageException(
          code(problem.code(), response.statusCode()), String.valueOf(detail));
    } catch (IOException e) {
      return new StowageException(
          code(null, response.statusCode()),
          "'" + base + "' answered " + response.statusCode() + " to " + method + " " + path,
          e);
    }
  }

  private static ErrorCode code(@Nullable String word, int status) {
    for (ErrorCode code : ErrorCode.values()) {
      if (word != null && code.name().equals(word.toUpperCase(Locale.ROOT))) {
        return code;
      }
    }
    if (status == 429 || status >= 500) {
      return ErrorCode.UNAVAILABLE;
    }
    for (ErrorCode code : ErrorCode.values()) {
      if (code.status() == status) {
        return code;
      }
    }
    return ErrorCode.INVALID_REQUEST;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

package io.stowage.bench;

import io.stowage.protocol.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the protocol on the caller's own thread, over connections that are kept: as plain beside
 * HTTP as {@link RawQueue} is beside SQL. The JDK's newer client hands each call over to threads of
 * its own, and on two processors that took longer than what was to be measured.
 */
final class PlainHttp {
  private static final int TIMEOUT = (int) Duration.ofSeconds(60).toMillis();

  static {
    // it would keep five of the many
    System.setProperty("http.maxConnections", "1000");
  }

  private final URI base;

  PlainHttp(URI base) {
    this.base = base;
  }

  /**
   * @param session its secret; empty for none
   * @param body null for none; bytes are JSON already
   * @throws IllegalStateException where the answer is a problem
   */
  <T> T call(String method, String path, String session, @Nullable Object body, Class<T> answer) {
    try {
      var connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setReadTimeout(TIMEOUT);
      connection.setRequestProperty("Accept", "application/json");
      if (!session.isEmpty()) {
        connection.setRequestProperty("Stowage-Session", session);
      }
      if (body != null) {
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (var out = connection.getOutputStream()) {
          out.write(body instanceof byte[] written ? written : json(body));
        }
      }
      return answered(connection, method + " " + path, answer);
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + ": no answer", e);
    }
  }

  static byte[] json(Object body) {
    return Json.text(body).getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T answered(HttpURLConnection connection, String call, Class<T> answer)
      throws IOException {
    int status = connection.getResponseCode();
    if (status >= HttpURLConnection.HTTP_BAD_REQUEST) {
      try (var problem = connection.getErrorStream()) {
        throw new IllegalStateException(
            call
                + ": "
                + status
                + " "
                + new String(problem.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    try (var in = connection.getInputStream()) {
      byte[] bytes = in.readAllBytes();
      return Json.reader()
          .readValue(bytes.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : bytes, answer);
    }
  }
}

package io.stowage.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stowage.control.rest.OpenApi;
import io.stowage.control.rest.OpenApi.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers each call with the example that the REST interface's document has of it. */
final class ExampledServer implements AutoCloseable {
  private final OpenApi document;
  private final HttpServer server;

  ExampledServer() throws IOException {
    document = OpenApi.packaged();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String path = call.getRequestURI().getPath();
      Optional<Operation> operation =
          document.operations().stream()
              .filter(each -> each.method().equals(call.getRequestMethod()))
              .filter(each -> path.matches(each.path().replaceAll("\\{\\w+}", "[^/]+")))
              .min(java.util.Comparator.comparing(each -> each.path().contains("{")));
      byte[] body =
          operation
              .map(this::example)
              .map(JsonNode::toString)
              .orElseThrow(() -> new UncheckedIOException(new IOException("no such path: " + path)))
              .getBytes(StandardCharsets.UTF_8);
      call.sendResponseHeaders(200, body.length);
      call.getResponseBody().write(body);
    }
  }

  private JsonNode example(Operation operation) {
    return operation.node().path("responses").properties().stream()
        .filter(each -> each.getKey().startsWith("2"))
        .flatMap(each -> document.examples(each.getValue().at("/content/application~1json")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

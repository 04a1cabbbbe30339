package io.stowage.control.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.stowage.api.ErrorCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says as a problem document that a body is too large; the server itself would only close the
 * connection.
 */
@Singleton
public class BodyLimit {
  private static final int BEFORE_THE_SERVERS_OWN = 10;

  /**
   * What is above the limit and below this is read and thrown away, so that the client comes to
   * read the answer.
   */
  private static final long READ_AWAY = 32L * 1024 * 1024;

  private final long limit;

  @Inject
  BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.limit = limit.asLongValue();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, BEFORE_THE_SERVERS_OWN);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    long length = length(request);
    if (length <= limit) {
      context.next();
    } else if (length <= READ_AWAY) {
      request.handler(_ -> {}).endHandler(_ -> answer(context, length)).resume();
    } else {
      context.response().putHeader(HttpHeaders.CONNECTION, "close");
      answer(context, length);
    }
  }

  private static long length(HttpServerRequest request) {
    try {
      String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
      return header == null ? 0 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return 0; // the server refuses it
    }
  }

  private void answer(RoutingContext context, long length) {
    Answers.refuse(
        context,
        ErrorCode.PAYLOAD_TOO_LARGE,
        "the body has " + length + " bytes, and at most " + limit + " are taken");
  }
}

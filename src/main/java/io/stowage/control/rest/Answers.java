package io.stowage.control.rest;

import io.stowage.api.ErrorCode;
import io.stowage.protocol.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Problem documents of filters that come before any resource. */
final class Answers {
  private Answers() {}

  static void refuse(RoutingContext context, ErrorCode code, String detail) {
    refuse(context, code, code.status(), detail);
  }

  static void refuse(RoutingContext context, ErrorCode code, int status, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problems.TYPE)
        .end(Json.text(Problems.problem(code, status, detail, null)));
  }
}

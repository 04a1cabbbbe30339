package io.stowage.control.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.stowage.api.ErrorCode;
import io.stowage.control.ControlRole;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Ends requests whose body does not come in time, however steadily it drips: each holds a
 * connection, and what was read of it.
 */
@Singleton
public class SlowBodies {
  private static final int BEFORE_THE_BODY_IS_READ = 15;
  private static final int REQUEST_TIMEOUT = 408;

  private final Vertx vertx;
  private final Instance<ControlRole> role;

  @Inject
  SlowBodies(Vertx vertx, Instance<ControlRole> role) {
    this.vertx = vertx;
    this.role = role;
  }

  void register(@Observes Filters filters) {
    filters.register(this::watch, BEFORE_THE_BODY_IS_READ);
  }

  private Duration limit() {
    return role.get().bodyTimeout();
  }

  private void watch(RoutingContext context) {
    var request = context.request();
    if (!request.isEnded()
        && (request.getHeader(HttpHeaders.CONTENT_LENGTH) != null
            || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null)) {
      long timer = vertx.setTimer(limit().toMillis(), _ -> end(context));
      request.end().onComplete(_ -> vertx.cancelTimer(timer));
    }
    context.next();
  }

  private void end(RoutingContext context) {
    if (context.request().isEnded()) {
      return;
    }
    if (context.response().ended()) {
      context.request().connection().close();
      return;
    }
    context.response().putHeader(HttpHeaders.CONNECTION, "close");
    context.response().endHandler(_ -> context.request().connection().close());
    Answers.refuse(
        context,
        ErrorCode.INVALID_REQUEST,
        REQUEST_TIMEOUT,
        "the body did not come within " + limit().toSeconds() + " s");
  }
}

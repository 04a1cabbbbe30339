package io.stowage.control.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.stowage.api.ErrorCode;
import io.stowage.control.ControlRole;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of others from speaking to a control plane that lets everybody in who comes over
 * loopback, as a browser on the same machine does: the host that is asked for must be this
 * machine's own name (a page may have made another name resolve to it), and what a page sends must
 * come from a page of ours.
 */
@Singleton
public class BrowserGuard {
  private static final int AFTER_NOTHING = 20;
  private static final Pattern LOOPBACK = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  private final Instance<ControlRole> role;

  @Inject
  BrowserGuard(Instance<ControlRole> role) {
    this.role = role;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, AFTER_NOTHING);
  }

  private void check(RoutingContext context) {
    String refusal =
        role.get().active() && role.get().callers().anybody()
            ? refusal(context.request().authority(), context.request())
            : null;
    if (refusal == null) {
      context.next();
    } else {
      Answers.refuse(context, ErrorCode.FORBIDDEN, refusal);
    }
  }

  static @Nullable String refusal(@Nullable HostAndPort asked, HttpServerRequest request) {
    if (asked == null) {
      return null; // HTTP/1.0: no browser
    }
    if (!isLoopback(asked.host())) {
      return "without tokens only 'localhost' is answered, not '" + asked.host() + "'";
    }
    String origin = request.getHeader("Origin");
    return origin == null || sameHost(origin, asked)
        ? null
        : "without tokens nothing is taken from the page at '" + origin + "'";
  }

  private static boolean sameHost(String origin, HostAndPort asked) {
    try {
      URI page = URI.create(origin);
      int port = page.getPort() >= 0 ? page.getPort() : "https".equals(page.getScheme()) ? 443 : 80;
      int own = asked.port() >= 0 ? asked.port() : 80;
      return Objects.equals(page.getHost(), asked.host()) && port == own;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** By its letters: a name is not resolved, since a stranger may say what it resolves to. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.equals("::1")
        || LOOPBACK.matcher(host).matches();
  }
}

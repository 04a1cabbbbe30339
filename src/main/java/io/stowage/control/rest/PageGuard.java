package io.stowage.control.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.stowage.api.ErrorCode;
import io.stowage.control.access.BrowserSession;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What browsers are told about our pages, which run our own scripts alone and are framed by nobody;
 * and what a browser's cookie is not enough for: whatever changes something must also bear a header
 * that a page of another origin cannot send.
 */
@Singleton
public class PageGuard {
  /** Sent by our scripts. */
  static final String HEADER = "Stowage-Page";

  private static final int AFTER_THE_BROWSER_GUARD = 15;
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<String> FORMS = Set.of("/login", "/logout");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  void register(@Observes Filters filters) {
    filters.register(PageGuard::check, AFTER_THE_BROWSER_GUARD);
  }

  private static void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = String.valueOf(request.path());
    if (!path.startsWith("/q/")) {
      tell(path, context.response().headers());
    }
    String refusal = refusal(path, request);
    if (refusal == null) {
      context.next();
    } else {
      Answers.refuse(context, ErrorCode.FORBIDDEN, refusal);
    }
  }

  private static void tell(String path, MultiMap headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    if (path.startsWith("/page/")) {
      // asked for again each time, which costs a few bytes, so that an upgrade is seen at once
      headers.set(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
  }

  static @Nullable String refusal(String path, HttpServerRequest request) {
    if (SAFE.contains(request.method())) {
      return null;
    }
    boolean form = FORMS.contains(path);
    boolean byCookie =
        request.getCookie(BrowserSession.COOKIE) != null
            && !request.headers().contains(HttpHeaders.AUTHORIZATION);
    if (!form && !byCookie) {
      return null;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return "this comes from a page of another site";
    }
    return form || request.headers().contains(HEADER)
        ? null
        : "a session's cookie is not enough to change something: send the header '"
            + HEADER
            + "', or a token";
  }
}

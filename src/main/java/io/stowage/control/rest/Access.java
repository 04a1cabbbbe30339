package io.stowage.control.rest;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.ControlRole;
import io.stowage.control.access.BrowserSession;
import io.stowage.control.access.Callers;
import io.stowage.control.access.PollLimit;
import io.stowage.control.access.Principal;
import io.stowage.control.queue.Sessions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: a bearer token stands for a principal with a role. Where nobody needs one
 * everybody may do all, which only loopback hears.
 */
@Singleton
public class Access {
  private static final String BEARER = "Bearer ";
  private static final String SECRET = "Stowage-Session";

  private static final int MOST_FOLLOWED = 100;

  private final ControlRole role;
  private final PollLimit followers = new PollLimit(MOST_FOLLOWED, "runs followed");

  @Inject
  Access(ControlRole role) {
    this.role = role;
  }

  /**
   * Lets in who has the role.
   *
   * @return the name of whoever it is
   * @throws StowageException {@code UNAUTHENTICATED} without a token, {@code FORBIDDEN} with one of
   *     another role
   */
  public String check(String wanted, HttpHeaders headers) {
    Principal principal = principal(wanted, headers).orElseThrow(() -> unknown(wanted));
    if (!principal.may(wanted)) {
      throw new StowageException(
          ErrorCode.FORBIDDEN,
          "this needs a token of role " + wanted + ", not " + principal.role());
    }
    return principal.name();
  }

  /**
   * Who it is: by a token, or else by the cookie that the page has of one; empty where neither is
   * known.
   *
   * @param wanted where a token stands for several roles, one that may do this is preferred
   * @throws StowageException of an issuer's token, as {@code Issuer.bearer} does
   */
  public Optional<Principal> principal(String wanted, HttpHeaders headers) {
    Callers callers = role.callers();
    if (callers.anybody()) {
      return Optional.of(Principal.ANYBODY);
    }
    String header = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
    Cookie cookie = headers.getCookies().get(BrowserSession.COOKIE);
    return header == null && cookie != null
        ? callers.findByCookie(cookie.getValue(), wanted, Instant.now())
        : callers.find(token(header), wanted);
  }

  /**
   * What shows that the caller is the worker that opened a session: the session's secret, which is
   * good only together with a token of the principal who opened it.
   */
  String secret(HttpHeaders headers) {
    return secret(headers, check("work", headers));
  }

  /** The same, of a caller whose token was looked at already. */
  String secret(HttpHeaders headers, String principal) {
    String secret = headers.getHeaderString(SECRET);
    return Sessions.bound(secret == null ? "" : secret, principal);
  }

  /** Takes one of the places that the caller has for following runs. */
  PollLimit.Place follow(HttpHeaders headers) {
    return followers.enter(check("read", headers));
  }

  /** Takes one of the places that a principal has for claims that wait. */
  PollLimit.Place poll(String principal) {
    return role.polls().enter(principal);
  }

  /**
   * Lets in whoever has a token, of whatever role.
   *
   * @throws StowageException {@code UNAUTHENTICATED}
   */
  Principal anybody(HttpHeaders headers) {
    return principal("read", headers).orElseThrow(() -> unknown("read or another"));
  }

  private static StowageException unknown(String wanted) {
    return new StowageException(
        ErrorCode.UNAUTHENTICATED,
        "the token is not known: send 'Authorization: Bearer …' with one of role " + wanted);
  }

  private static String token(@Nullable String header) {
    return header != null && header.startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : "";
  }
}

package io.stowage.control.page;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.ControlRole;
import io.stowage.control.access.BrowserSession;
import io.stowage.control.access.Callers;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes a token once, and gives the browser a session for it. */
@Path("/")
@RunOnVirtualThread
public class LoginPages {
  @Inject Instance<ControlRole> role;

  @GET
  @Path("login")
  public Response login(@DefaultValue("") @QueryParam("next") String next) {
    return role.get().active()
        ? Gate.html(200, Templates.login(within(next), "").render())
        : Gate.html(404, "this process is a worker: the control plane is elsewhere");
  }

  @POST
  @Path("login")
  public Response enter(
      @DefaultValue("") @FormParam("token") String token,
      @DefaultValue("") @FormParam("next") String next,
      @Nullable @HeaderParam("X-Forwarded-Proto") String forwarded,
      @Context UriInfo uri) {
    try {
      boolean secure = "https".equals(forwarded) || "https".equals(uri.getRequestUri().getScheme());
      var session = cookie(session(token.strip()), secure).build();
      return Response.fromResponse(Gate.to(within(next))).cookie(session).build();
    } catch (StowageException e) {
      return Gate.signIn(e, within(next));
    }
  }

  private String session(String token) {
    Callers callers = role.get().callers();
    var principal = callers.find(token, "read");
    if (!callers.anybody() && principal.isEmpty()) {
      throw new StowageException(ErrorCode.UNAUTHENTICATED, "this token is not known");
    }
    if (principal.isPresent() && !principal.get().may("read")) {
      throw new StowageException(
          ErrorCode.FORBIDDEN,
          "a token of role " + principal.get().role() + " does not read the page");
    }
    return callers.cookie(token, Instant.now());
  }

  @POST
  @Path("logout")
  public Response leave() {
    var ended = cookie("", false).maxAge(0).build();
    return Response.fromResponse(Gate.to("/login")).cookie(ended).build();
  }

  /** Lax, so that a link from elsewhere leads in; what changes something needs more than it. */
  private static NewCookie.Builder cookie(String value, boolean secure) {
    return new NewCookie.Builder(BrowserSession.COOKIE)
        .value(value)
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge((int) BrowserSession.LASTS.toSeconds());
  }

  /** A path of ours, and of nobody else. */
  private static String within(String next) {
    return next.matches("/[A-Za-z0-9%._~/-]*") && !next.startsWith("//") ? next : "/assets";
  }
}

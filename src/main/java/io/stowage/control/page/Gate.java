package io.stowage.control.page;

import io.quarkus.qute.TemplateInstance;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.ControlRole;
import io.stowage.control.access.Principal;
import io.stowage.control.rest.Access;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Function;

/** Lets readers see a page, and sends others to where they can show a token. */
@Singleton
public class Gate {
  private final Access access;
  private final Instance<ControlRole> role;

  @Inject
  Gate(Access access, Instance<ControlRole> role) {
    this.access = access;
    this.role = role;
  }

  /** Makes the page, or says on one what is wrong. */
  Response show(
      String title,
      String section,
      HttpHeaders headers,
      UriInfo uri,
      Function<Frame, TemplateInstance> page) {
    if (!role.get().active()) {
      return html(404, "this process is a worker: the control plane is elsewhere");
    }
    String path = uri.getRequestUri().getRawPath();
    try {
      return access
          .principal("operate", headers)
          .map(reader -> made(Frame.of(title, section, reader), reader, page))
          .orElseGet(() -> to("/login?next=" + Link.encoded(path)));
    } catch (StowageException e) {
      // of a session that is a provider's token
      return e.code() == ErrorCode.UNAUTHENTICATED
          ? to("/login?next=" + Link.encoded(path))
          : signIn(e, path);
    }
  }

  private static Response made(
      Frame frame, Principal reader, Function<Frame, TemplateInstance> page) {
    try {
      if (!reader.may("read")) {
        throw new StowageException(
            ErrorCode.FORBIDDEN, "a token of role " + frame.role() + " does not read the page");
      }
      return html(200, page.apply(frame).render());
    } catch (StowageException e) {
      var problem = Templates.problem(frame, e.code().status(), String.valueOf(e.getMessage()));
      return html(e.code().status(), problem.render());
    }
  }

  /** The form again, with what is wrong. */
  static Response signIn(StowageException e, String next) {
    return html(e.code().status(), Templates.login(next, String.valueOf(e.getMessage())).render());
  }

  /** By its path alone: behind a proxy the browser knows host and scheme better. */
  static Response to(String path) {
    return Response.status(303).header("Location", path).build();
  }

  static Response html(int status, String html) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .header("Cache-Control", "private, no-cache")
        .entity(html)
        .build();
  }
}

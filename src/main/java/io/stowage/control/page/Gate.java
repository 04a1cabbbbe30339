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
import java.util.Optional;
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
    Optional<Principal> reader = access.principal("operate", headers);
    if (reader.isEmpty()) {
      return to("/login?next=" + Link.encoded(uri.getRequestUri().getRawPath()));
    }
    var frame = Frame.of(title, section, reader.get());
    try {
      if (!reader.get().may("read")) {
        throw new StowageException(
            ErrorCode.FORBIDDEN, "a token of role " + frame.role() + " does not read the page");
      }
      return html(200, page.apply(frame).render());
    } catch (StowageException e) {
      var problem = Templates.problem(frame, e.code().status(), String.valueOf(e.getMessage()));
      return html(e.code().status(), problem.render());
    }
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

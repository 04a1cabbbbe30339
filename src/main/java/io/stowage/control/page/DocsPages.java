package io.stowage.control.page;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

@Path("/docs")
@RunOnVirtualThread
public class DocsPages {
  @Inject Gate gate;

  @GET
  public Response index(@Context HttpHeaders headers, @Context UriInfo uri) {
    return page("index", headers, uri);
  }

  @GET
  @Path("{name}")
  public Response page(
      @PathParam("name") String name, @Context HttpHeaders headers, @Context UriInfo uri) {
    String title = Documentation.page(name).map(Documentation.Page::title).orElse("Documentation");
    return gate.show(
        title,
        "docs",
        headers,
        uri,
        frame -> Templates.docs(frame, new DocsPage(found(name), Documentation.contents())));
  }

  private static Documentation.Page found(String name) {
    return Documentation.page(name)
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.NOT_FOUND, "the documentation has no page '" + name + "'"));
  }
}

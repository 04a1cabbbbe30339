package io.stowage.control.page;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.rest.Problems;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A path that leads nowhere is a page for who looks at pages, and a problem document else. */
public class NotHere {
  @Inject Gate gate;
  @Inject Problems problems;

  @ServerExceptionMapper
  public Response notFound(NotFoundException e, HttpHeaders headers, UriInfo uri) {
    boolean looked =
        !uri.getPath().startsWith("/v1/")
            && headers.getAcceptableMediaTypes().contains(MediaType.TEXT_HTML_TYPE);
    return looked
        ? gate.show(
            "Not here",
            "",
            headers,
            uri,
            _ -> {
              throw new StowageException(
                  ErrorCode.NOT_FOUND, "there is nothing at '" + uri.getPath() + "'");
            })
        : problems.http(e);
  }
}

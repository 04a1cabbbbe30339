package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.InputStream;
import java.util.Objects;

/** The description of this interface, for whoever has any token: a stranger is told nothing. */
@Path("/v1/openapi")
@RunOnVirtualThread
public class OpenApiResource {
  static final String DOCUMENT = "openapi.yaml";

  @Inject Access access;

  @GET
  @Produces("application/yaml")
  public InputStream document(@Context HttpHeaders headers) {
    access.anybody(headers);
    return Objects.requireNonNull(OpenApiResource.class.getResourceAsStream(DOCUMENT), DOCUMENT);
  }
}

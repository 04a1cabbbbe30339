package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.protocol.CatalogInUse;
import io.stowage.protocol.CatalogPush;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

@Path("/v1/catalogs")
@RunOnVirtualThread
public class CatalogsResource {
  @Inject ControlPlane control;
  @Inject Access access;

  /** For whoever has any token: a worker's machine looks here for itself. */
  @GET
  public List<CatalogInUse> inUse(@Context HttpHeaders headers) {
    access.anybody(headers);
    return control.statistics().catalogs();
  }

  @PUT
  public void push(CatalogPush push, @Context HttpHeaders headers) {
    access.check("work", headers);
    control.push(Parse.body(push));
  }
}

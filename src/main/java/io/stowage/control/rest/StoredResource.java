package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.protocol.StoredAnswer;
import io.stowage.protocol.StoredRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * What is stored of an asset, for who reads it from outside a run. Asks by POST, since the
 * partitions may be many.
 */
@Path("/v1/stored")
@RunOnVirtualThread
public class StoredResource {
  @Inject ControlPlane control;
  @Inject Access access;

  @POST
  public StoredAnswer stored(StoredRequest request, @Context HttpHeaders headers) {
    access.check("read", headers);
    return control.stored(Parse.body(request));
  }
}

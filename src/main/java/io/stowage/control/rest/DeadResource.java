package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.protocol.DeadRun;
import io.stowage.protocol.Page;
import io.stowage.protocol.RedriveRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

@Path("/v1/dead")
@RunOnVirtualThread
public class DeadResource {
  @Inject ControlPlane control;
  @Inject Access access;

  @GET
  public Page<DeadRun> list(
      @Nullable @QueryParam("queue") String queue,
      @Nullable @QueryParam("reason") String reason,
      @Nullable @QueryParam("cursor") String cursor,
      @DefaultValue("50") @QueryParam("limit") String limit,
      @Context HttpHeaders headers) {
    access.check("read", headers);
    return control
        .queue()
        .deadLetters()
        .list(
            queue,
            reason,
            cursor == null ? null : Parse.id("dead run", cursor),
            Parse.number("limit", limit));
  }

  @POST
  @Path("redrive")
  public RedriveRequest.Answer redrive(RedriveRequest request, @Context HttpHeaders headers) {
    String principal = access.check("operate", headers);
    return control.requests().redrive(Parse.body(request), principal);
  }
}

package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.protocol.BackfillRequest;
import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Page;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

@Path("/v1/backfills")
@RunOnVirtualThread
public class BackfillsResource {
  @Inject ControlPlane control;
  @Inject Access access;

  @POST
  public Response submit(
      BackfillRequest request,
      @Nullable @HeaderParam("Idempotency-Key") String idempotencyKey,
      @Context HttpHeaders headers) {
    String principal = access.check("submit", headers);
    var taken =
        control.backfill(Parse.body(request), Parse.idempotencyKey(idempotencyKey), principal);
    return Response.status(taken.replayed() ? 200 : 202)
        .entity(control.backfills().backfill(taken.id()))
        .build();
  }

  @GET
  public Page<BackfillView> list(
      @Nullable @QueryParam("cursor") String cursor,
      @DefaultValue("50") @QueryParam("limit") String limit,
      @Context HttpHeaders headers) {
    access.check("read", headers);
    return control
        .backfills()
        .list(cursor == null ? null : Parse.id("backfill", cursor), Parse.number("limit", limit));
  }

  @GET
  @Path("{id}")
  public BackfillView backfill(@PathParam("id") String id, @Context HttpHeaders headers) {
    access.check("read", headers);
    return control.backfills().backfill(Parse.id("backfill", id));
  }

  @POST
  @Path("{id}/cancel")
  public BackfillView cancel(@PathParam("id") String id, @Context HttpHeaders headers) {
    String principal = access.check("operate", headers);
    return control.backfills().cancel(Parse.id("backfill", id), principal);
  }

  @POST
  @Path("{id}/pause")
  public BackfillView pause(@PathParam("id") String id, @Context HttpHeaders headers) {
    access.check("operate", headers);
    return control.backfills().pause(Parse.id("backfill", id));
  }

  @POST
  @Path("{id}/resume")
  public BackfillView resume(@PathParam("id") String id, @Context HttpHeaders headers) {
    access.check("operate", headers);
    return control.backfills().resume(Parse.id("backfill", id));
  }

  @POST
  @Path("{id}/retry")
  public Response retry(@PathParam("id") String id, @Context HttpHeaders headers) {
    String principal = access.check("operate", headers);
    var view = control.backfills().retry(Parse.id("backfill", id), principal);
    return Response.status(202).entity(view).build();
  }
}

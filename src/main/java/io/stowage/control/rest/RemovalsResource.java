package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.control.queue.Removals;
import io.stowage.protocol.DeletedRequest;
import io.stowage.protocol.KnownObjectsAnswer;
import io.stowage.protocol.KnownObjectsRequest;
import io.stowage.protocol.MarkAnswer;
import io.stowage.protocol.MarkRequest;
import io.stowage.protocol.RemovalsAnswer;
import io.stowage.protocol.RemovalsRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * What a worker calls that sweeps or wipes; takes the session's own secret, and its principal's
 * token.
 */
@Path("/v1/sessions/{session}/leases/{lease}")
@RunOnVirtualThread
public class RemovalsResource {
  @Inject ControlPlane control;
  @Inject Access access;

  @POST
  @Path("removals")
  public RemovalsAnswer removals(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Context HttpHeaders headers,
      RemovalsRequest request) {
    return removals().removals(caller(session, lease, headers), Parse.body(request));
  }

  @POST
  @Path("removed")
  public MarkAnswer mark(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Context HttpHeaders headers,
      MarkRequest request) {
    return removals().mark(caller(session, lease, headers), Parse.body(request));
  }

  @POST
  @Path("deleted")
  public void deleted(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Context HttpHeaders headers,
      DeletedRequest request) {
    removals().deleted(caller(session, lease, headers), Parse.body(request));
  }

  @POST
  @Path("known-objects")
  public KnownObjectsAnswer known(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Context HttpHeaders headers,
      KnownObjectsRequest request) {
    return removals().known(caller(session, lease, headers), Parse.body(request));
  }

  private Removals removals() {
    return control.queue().removals();
  }

  private Removals.Caller caller(String session, String lease, HttpHeaders headers) {
    return new Removals.Caller(
        Parse.session(session), access.secret(headers), Parse.id("lease", lease));
  }
}

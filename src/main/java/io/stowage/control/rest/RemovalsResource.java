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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.jspecify.annotations.Nullable;

/** What a worker calls that sweeps or wipes; takes the session's own secret. */
@Path("/v1/sessions/{session}/leases/{lease}")
@RunOnVirtualThread
public class RemovalsResource {
  private static final String SECRET = "Stowage-Session";

  @Inject ControlPlane control;

  @POST
  @Path("removals")
  public RemovalsAnswer removals(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Nullable @HeaderParam(SECRET) String secret,
      RemovalsRequest request) {
    return removals().removals(caller(session, lease, secret), Parse.body(request));
  }

  @POST
  @Path("removed")
  public MarkAnswer mark(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Nullable @HeaderParam(SECRET) String secret,
      MarkRequest request) {
    return removals().mark(caller(session, lease, secret), Parse.body(request));
  }

  @POST
  @Path("deleted")
  public void deleted(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Nullable @HeaderParam(SECRET) String secret,
      DeletedRequest request) {
    removals().deleted(caller(session, lease, secret), Parse.body(request));
  }

  @POST
  @Path("known-objects")
  public KnownObjectsAnswer known(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Nullable @HeaderParam(SECRET) String secret,
      KnownObjectsRequest request) {
    return removals().known(caller(session, lease, secret), Parse.body(request));
  }

  private Removals removals() {
    return control.queue().removals();
  }

  private static Removals.Caller caller(String session, String lease, @Nullable String secret) {
    return new Removals.Caller(
        Parse.session(session), Parse.secret(secret), Parse.id("lease", lease));
  }
}

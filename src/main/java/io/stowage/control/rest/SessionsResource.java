package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.control.queue.Releases;
import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.CommitAnswer;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.CompleteAnswer;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.EventsRequest;
import io.stowage.protocol.HeartbeatAnswer;
import io.stowage.protocol.HeartbeatRequest;
import io.stowage.protocol.LatestRequest;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Preview;
import io.stowage.protocol.ReleaseRequest;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.WorkerResources;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What workers call, with a token of the role work; all but opening a session takes the session's
 * own secret as well.
 */
@Path("/v1/sessions")
@RunOnVirtualThread
public class SessionsResource {
  @Inject ControlPlane control;
  @Inject Access access;

  @POST
  public Response open(SessionRequest request, @Context HttpHeaders headers) {
    String principal = access.check("work", headers);
    return Response.status(201).entity(control.open(Parse.body(request), principal)).build();
  }

  @POST
  @Path("{session}/claim")
  public ClaimAnswer claim(
      @PathParam("session") String session, @Context HttpHeaders headers, ClaimRequest request) {
    String principal = access.check("work", headers);
    try (var _ = access.poll(principal)) {
      return control
          .queue()
          .claims()
          .claim(Parse.session(session), access.secret(headers, principal), Parse.body(request));
    }
  }

  @POST
  @Path("{session}/heartbeat")
  public HeartbeatAnswer heartbeat(
      @PathParam("session") String session,
      @Context HttpHeaders headers,
      HeartbeatRequest request) {
    return control
        .queue()
        .sessions()
        .heartbeat(Parse.session(session), access.secret(headers), Parse.body(request));
  }

  @POST
  @Path("{session}/materializations")
  public List<MaterializationView> latest(
      @PathParam("session") String session, @Context HttpHeaders headers, LatestRequest request) {
    control.queue().sessions().catalogOf(Parse.session(session), access.secret(headers));
    return control
        .queue()
        .materializations()
        .latest(Parse.body(request).asset(), request.partitions(), request.asOf());
  }

  @GET
  @Path("{session}/partitions")
  public List<String> dynamicKeys(
      @PathParam("session") String session,
      @Context HttpHeaders headers,
      @Nullable @QueryParam("definition") String definition) {
    control.queue().sessions().catalogOf(Parse.session(session), access.secret(headers));
    return control.dynamic().keys(Parse.required("definition", definition));
  }

  @POST
  @Path("{session}/leases/{lease}/commit")
  public CommitAnswer commit(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Context HttpHeaders headers,
      CommitRequest request) {
    return control
        .queue()
        .commits()
        .commit(
            Parse.session(session),
            access.secret(headers),
            Parse.id("lease", lease),
            Parse.body(request));
  }

  @POST
  @Path("{session}/leases/{lease}/events")
  public void events(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Context HttpHeaders headers,
      EventsRequest request) {
    control
        .queue()
        .commits()
        .events(
            Parse.session(session),
            access.secret(headers),
            Parse.id("lease", lease),
            Parse.body(request));
  }

  @POST
  @Path("{session}/leases/{lease}/release")
  public void release(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Context HttpHeaders headers,
      ReleaseRequest request) {
    long id = Parse.session(session);
    String catalog = control.queue().sessions().catalogOf(id, access.secret(headers));
    String reason = Parse.body(request).reason();
    control
        .queue()
        .releases()
        .release(
            new Releases.Release(
                id,
                request.runId(),
                Parse.id("lease", lease),
                reason,
                reason.equals(ReleaseRequest.UNKNOWN_ASSET) ? catalog : null));
  }

  @PUT
  @Path("{session}/resources")
  public void resources(
      @PathParam("session") String session,
      @Context HttpHeaders headers,
      WorkerResources resources) {
    control
        .queue()
        .sessions()
        .resources(Parse.session(session), access.secret(headers), Parse.body(resources));
  }

  @POST
  @Path("{session}/leases/{lease}/preview")
  public void preview(
      @PathParam("session") String session,
      @PathParam("lease") String lease,
      @Context HttpHeaders headers,
      Preview preview) {
    control
        .queue()
        .previews()
        .keep(
            Parse.session(session),
            access.secret(headers),
            Parse.id("lease", lease),
            Parse.body(preview));
  }

  @POST
  @Path("{session}/complete")
  public CompleteAnswer complete(
      @PathParam("session") String session, @Context HttpHeaders headers, CompleteRequest request) {
    return control
        .queue()
        .completions()
        .complete(Parse.session(session), access.secret(headers), Parse.body(request));
  }

  @DELETE
  @Path("{session}")
  public void close(@PathParam("session") String session, @Context HttpHeaders headers) {
    control.queue().sessions().close(Parse.session(session), access.secret(headers));
  }
}

package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.api.StowageException;
import io.stowage.control.ControlPlane;
import io.stowage.control.ledger.Runs;
import io.stowage.control.queue.Submissions;
import io.stowage.protocol.Page;
import io.stowage.protocol.Preview;
import io.stowage.protocol.RunEvent;
import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunSpec;
import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.SubmitBatch;
import io.stowage.protocol.SubmitRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Path("/v1/runs")
@RunOnVirtualThread
public class RunsResource {
  @Inject ControlPlane control;
  @Inject Access access;

  @POST
  public Response submit(
      SubmitRequest request,
      @Nullable @HeaderParam("Idempotency-Key") String key,
      @Context HttpHeaders headers) {
    String principal = access.check(RunKind.role(Parse.body(request).kind()), headers);
    SubmitAnswer answer = control.submit(request, Parse.idempotencyKey(key), principal);
    return Response.status(answer.replayed() ? 200 : 201)
        .location(URI.create("/v1/runs/" + answer.id()))
        .entity(answer)
        .build();
  }

  /** What would be queued, or all that is wrong with the request; nothing is queued. */
  @POST
  @Path("check")
  public RunSpec check(SubmitRequest request, @Context HttpHeaders headers) {
    access.check(RunKind.role(Parse.body(request).kind()), headers);
    return control.requests().check(request);
  }

  @POST
  @Path("batch")
  public SubmitBatch.Answers submitAll(SubmitBatch batch, @Context HttpHeaders headers) {
    access.check("submit", headers);
    return new SubmitBatch.Answers(
        control
            .requests()
            .submitAll(
                Parse.body(batch).runs(),
                request -> access.check(RunKind.role(request.kind()), headers))
            .stream()
            .map(RunsResource::answer)
            .toList());
  }

  private static SubmitBatch.Answer answer(Submissions.Outcome outcome) {
    StowageException refused = outcome.refused();
    return refused == null
        ? new SubmitBatch.Answer(201, outcome.answer(), null)
        : new SubmitBatch.Answer(refused.code().status(), null, Problems.problem(refused));
  }

  @GET
  public Page<RunView> list(
      @Nullable @QueryParam("queue") String queue,
      @Nullable @QueryParam("state") String state,
      @Nullable @QueryParam("backfill") String backfill,
      @Nullable @QueryParam("cursor") String cursor,
      @DefaultValue("50") @QueryParam("limit") String limit,
      @Context HttpHeaders headers) {
    access.check("read", headers);
    var filter =
        new Runs.Filter(queue, state, backfill == null ? null : Parse.id("backfill", backfill));
    return control.runs().list(filter, cursor, Parse.number("limit", limit));
  }

  @GET
  @Path("{id}")
  public RunView run(@PathParam("id") String id, @Context HttpHeaders headers) {
    access.check("read", headers);
    return control.runs().run(Parse.id("run", id));
  }

  @GET
  @Path("{id}/events")
  @Produces(MediaType.APPLICATION_JSON)
  public List<RunEvent> events(
      @PathParam("id") String id,
      @DefaultValue("0") @QueryParam("after") String after,
      @DefaultValue("500") @QueryParam("limit") String limit,
      @Context HttpHeaders headers) {
    access.check("read", headers);
    return control
        .runs()
        .events(Parse.id("run", id), Parse.number("after", after), Parse.number("limit", limit));
  }

  /** The same as server-sent events, from the given number on, until the run ends. */
  @GET
  @Path("{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void follow(
      @PathParam("id") String id,
      @DefaultValue("0") @QueryParam("after") String after,
      @Nullable @HeaderParam("Last-Event-ID") String last,
      @Context HttpHeaders headers,
      @Context SseEventSink sink,
      @Context Sse sse) {
    try (var _ = access.follow(headers)) {
      UUID run = Parse.id("run", id);
      int known = Parse.number("after", last == null ? after : last);
      control.runs().run(run);
      new EventStream(sink, sse, control.runs()).follow(run, known);
    }
  }

  /** Data, so it is for those alone who may ask for it. */
  @GET
  @Path("{id}/preview")
  public Preview preview(@PathParam("id") String id, @Context HttpHeaders headers) {
    access.check(RunKind.role(RunKind.PREVIEW.word()), headers);
    return control.queue().previews().find(Parse.id("run", id));
  }

  @POST
  @Path("{id}/cancel")
  public Map<String, String> cancel(@PathParam("id") String id, @Context HttpHeaders headers) {
    String principal = access.check("operate", headers);
    return Map.of(
        "id",
        id,
        "state",
        control.queue().cancellations().cancel(Parse.id("run", id), principal).word());
  }

  @POST
  @Path("{id}/retry")
  public Response retry(
      @PathParam("id") String id,
      @Nullable @QueryParam("from") String from,
      @Context HttpHeaders headers) {
    String principal = access.check("operate", headers);
    return Response.status(201).entity(control.retry(Parse.id("run", id), from, principal)).build();
  }
}

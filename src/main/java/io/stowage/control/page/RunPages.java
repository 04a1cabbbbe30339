package io.stowage.control.page;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.ControlPlane;
import io.stowage.control.ledger.MaterializationHistory;
import io.stowage.control.ledger.Runs;
import io.stowage.protocol.RunEvent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Path("/")
@RunOnVirtualThread
public class RunPages {
  private static final int SHOWN = 50;
  private static final int EVENTS_AT_ONCE = 1000;
  private static final int MOST_EVENTS = 10_000;

  @Inject Gate gate;
  @Inject ControlPlane control;

  @GET
  @Path("runs")
  public Response runs(
      @DefaultValue("") @QueryParam("state") String state,
      @DefaultValue("") @QueryParam("queue") String queue,
      @DefaultValue("") @QueryParam("cursor") String cursor,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    return gate.show(
        "Runs",
        "runs",
        headers,
        uri,
        frame -> Templates.runs(frame, list(state, queue, null, cursor)));
  }

  private RunList list(String state, String queue, @Nullable UUID backfill, String cursor) {
    var filter =
        new Runs.Filter(queue.isEmpty() ? null : queue, state.isEmpty() ? null : state, backfill);
    return RunList.of(
        control.runs().list(filter, cursor, SHOWN),
        state,
        queue,
        control.statistics().names(),
        cursor.isEmpty());
  }

  @GET
  @Path("runs/{id}")
  public Response run(
      @PathParam("id") String id, @Context HttpHeaders headers, @Context UriInfo uri) {
    return gate.show(
        "Run", "runs", headers, uri, frame -> Templates.run(frame, page(id("run", id))));
  }

  private RunPage page(UUID id) {
    var events = new ArrayList<RunEvent>();
    List<RunEvent> some;
    do {
      long last = events.isEmpty() ? 0 : events.getLast().n();
      some = control.runs().events(id, last, EVENTS_AT_ONCE);
      events.addAll(some);
    } while (some.size() == EVENTS_AT_ONCE && events.size() < MOST_EVENTS);
    var stored = new MaterializationHistory.Filter(null, null, id, false);
    return RunPage.of(
        control.runs().run(id), events, control.history().list(stored, null, SHOWN).items());
  }

  @GET
  @Path("backfills")
  public Response backfills(
      @DefaultValue("") @QueryParam("cursor") String cursor,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    return gate.show(
        "Backfills",
        "backfills",
        headers,
        uri,
        frame ->
            Templates.backfills(
                frame,
                BackfillList.of(
                    control
                        .backfills()
                        .list(cursor.isEmpty() ? null : id("backfill", cursor), SHOWN),
                    cursor.isEmpty())));
  }

  @GET
  @Path("backfills/{id}")
  public Response backfill(
      @PathParam("id") String id,
      @DefaultValue("") @QueryParam("state") String state,
      @DefaultValue("") @QueryParam("cursor") String cursor,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    return gate.show(
        "Backfill",
        "backfills",
        headers,
        uri,
        frame ->
            Templates.backfill(
                frame,
                new ShownBackfill(control.backfills().backfill(id("backfill", id))),
                list(state, "", id("backfill", id), cursor)));
  }

  private static UUID id(String what, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.NOT_FOUND, "there is no " + what + " '" + text + "': an id is a UUID", e);
    }
  }
}

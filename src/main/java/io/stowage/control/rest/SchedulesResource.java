package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.schedule.Schedules;
import io.stowage.protocol.ScheduleView;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names are keys of assets, which contain {@code /}: they are query parameters. */
@Path("/v1/schedules")
@RunOnVirtualThread
public class SchedulesResource {
  @Inject Schedules schedules;
  @Inject Access access;

  @GET
  public List<ScheduleView> list(@Context HttpHeaders headers) {
    access.check("read", headers);
    return schedules.list(Instant.now());
  }

  @POST
  @Path("pause")
  public ScheduleView pause(
      @Nullable @QueryParam("schedule") String schedule,
      @Nullable @QueryParam("queue") String queue,
      @Context HttpHeaders headers) {
    access.check("operate", headers);
    return schedules.pause(Parse.required("schedule", schedule), queue, Instant.now());
  }

  @POST
  @Path("resume")
  public ScheduleView resume(
      @Nullable @QueryParam("schedule") String schedule,
      @Nullable @QueryParam("queue") String queue,
      @Context HttpHeaders headers) {
    access.check("operate", headers);
    return schedules.resume(Parse.required("schedule", schedule), queue, Instant.now());
  }
}

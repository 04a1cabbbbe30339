package io.stowage.control.page;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.control.Equipment;
import io.stowage.control.Overview;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

@Path("/")
@RunOnVirtualThread
public class OperationPages {
  private static final int SHOWN = 50;

  @Inject Gate gate;
  @Inject ControlPlane control;
  @Inject Overview overview;
  @Inject Equipment equipment;

  @GET
  @Path("queues")
  public Response queues(@Context HttpHeaders headers, @Context UriInfo uri) {
    return gate.show(
        "Queues and workers",
        "queues",
        headers,
        uri,
        frame ->
            Templates.queues(
                frame,
                new QueuesPage(
                    control.statistics().all(),
                    overview.workers(),
                    control.queue().deadLetters().list(null, null, null, SHOWN).items())));
  }

  @GET
  @Path("io")
  public Response managers(@Context HttpHeaders headers, @Context UriInfo uri) {
    return gate.show(
        "IO managers and stores",
        "io",
        headers,
        uri,
        frame -> Templates.managers(frame, ManagersPage.of(equipment.all())));
  }

  @GET
  @Path("launch")
  public Response launch(
      @DefaultValue("") @QueryParam("assets") String assets,
      @DefaultValue("") @QueryParam("job") String job,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    return gate.show(
        "Launch",
        "launch",
        headers,
        uri,
        frame ->
            Templates.launch(
                frame,
                new LaunchPage(
                    overview.assets(), control.jobs(), control.statistics().names(), assets, job)));
  }
}

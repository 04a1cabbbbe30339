package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.protocol.QueueSettings;
import io.stowage.protocol.QueueStats;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.function.Consumer;

@Path("/v1/queues")
@RunOnVirtualThread
public class QueuesResource {
  @Inject ControlPlane control;
  @Inject Access access;

  @GET
  public List<QueueStats> all(@Context HttpHeaders headers) {
    access.check("read", headers);
    return control.statistics().all();
  }

  @GET
  @Path("{queue}/stats")
  public QueueStats stats(@PathParam("queue") String queue, @Context HttpHeaders headers) {
    access.check("read", headers);
    return control.statistics().of(queue);
  }

  @POST
  @Path("{queue}/pause")
  public QueueStats pause(@PathParam("queue") String queue, @Context HttpHeaders headers) {
    return operated(queue, headers, control.statistics()::pause);
  }

  @POST
  @Path("{queue}/resume")
  public QueueStats resume(@PathParam("queue") String queue, @Context HttpHeaders headers) {
    return operated(queue, headers, control.statistics()::resume);
  }

  @POST
  @Path("{queue}/drain")
  public QueueStats drain(@PathParam("queue") String queue, @Context HttpHeaders headers) {
    return operated(queue, headers, control.statistics()::drain);
  }

  @PUT
  @Path("{queue}")
  public QueueStats set(
      @PathParam("queue") String queue, QueueSettings settings, @Context HttpHeaders headers) {
    return operated(queue, headers, name -> control.statistics().set(name, Parse.body(settings)));
  }

  private QueueStats operated(String queue, HttpHeaders headers, Consumer<String> change) {
    access.check("operate", headers);
    change.accept(queue);
    return control.statistics().of(queue);
  }
}

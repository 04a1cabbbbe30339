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
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

@Path("/v1/queues")
@RunOnVirtualThread
public class QueuesResource {
  private static final System.Logger LOG = System.getLogger(QueuesResource.class.getName());

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
    return operated("paused", queue, headers, control.statistics()::pause);
  }

  @POST
  @Path("{queue}/resume")
  public QueueStats resume(@PathParam("queue") String queue, @Context HttpHeaders headers) {
    return operated("resumed", queue, headers, control.statistics()::resume);
  }

  @POST
  @Path("{queue}/drain")
  public QueueStats drain(@PathParam("queue") String queue, @Context HttpHeaders headers) {
    return operated("drained", queue, headers, control.statistics()::drain);
  }

  @PUT
  @Path("{queue}")
  public QueueStats set(
      @PathParam("queue") String queue, QueueSettings settings, @Context HttpHeaders headers) {
    return operated(
        "set", queue, headers, name -> control.statistics().set(name, Parse.body(settings)));
  }

  private QueueStats operated(
      String how, String queue, HttpHeaders headers, Consumer<String> change) {
    String by = access.check("operate", headers);
    change.accept(queue);
    LOG.log(Level.INFO, "queue ''{0}'' is {1} by ''{2}''", queue, how, by);
    return control.statistics().of(queue);
  }
}

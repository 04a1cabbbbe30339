package io.stowage.control.page;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.ControlPlane;
import io.stowage.protocol.JobView;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;

@Path("/jobs")
@RunOnVirtualThread
public class JobPages {
  private static final int SHOWN = 20;

  @Inject Gate gate;
  @Inject ControlPlane control;

  @GET
  public Response jobs(@Context HttpHeaders headers, @Context UriInfo uri) {
    return gate.show("Jobs", "jobs", headers, uri, frame -> Templates.jobs(frame, control.jobs()));
  }

  @GET
  @Path("{name:.+}")
  public Response job(
      @PathParam("name") String name, @Context HttpHeaders headers, @Context UriInfo uri) {
    return gate.show(name, "jobs", headers, uri, frame -> Templates.job(frame, page(name)));
  }

  private JobPage page(String name) {
    return control.jobs().stream()
        .filter(each -> each.job().equals(name))
        .findFirst()
        .flatMap(this::page)
        .orElseThrow(
            () ->
                new StowageException(
                    ErrorCode.NOT_FOUND, "there is no job '" + name + "' in any queue's catalog"));
  }

  private Optional<JobPage> page(JobView job) {
    return control
        .catalogs()
        .ofQueue(job.queue())
        .map(catalog -> JobPage.of(job, catalog.graph().job(job.job()), runs(job)));
  }

  private RunList runs(JobView job) {
    var own = control.runs().ofJob(job.queue(), job.job(), SHOWN);
    return new RunList(own, "", job.queue(), List.of(), "", true);
  }
}

package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.control.Equipment;
import io.stowage.control.Overview;
import io.stowage.protocol.AssetStatus;
import io.stowage.protocol.IoManagerView;
import io.stowage.protocol.MetadataSeries;
import io.stowage.protocol.PartitionStates;
import io.stowage.protocol.StoreView;
import io.stowage.protocol.WorkerView;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How everything stands. */
@Path("/v1")
@RunOnVirtualThread
public class OverviewResource {
  @Inject ControlPlane control;
  @Inject Overview overview;
  @Inject Equipment equipment;
  @Inject Access access;

  @GET
  @Path("asset-status")
  public List<AssetStatus> assets(@Context HttpHeaders headers) {
    access.check("read", headers);
    return overview.assets();
  }

  @GET
  @Path("partition-states")
  public PartitionStates partitions(
      @Nullable @QueryParam("asset") String asset, @Context HttpHeaders headers) {
    access.check("read", headers);
    return overview.partitions(Parse.required("asset", asset));
  }

  @GET
  @Path("metadata-series")
  public MetadataSeries series(
      @Nullable @QueryParam("asset") String asset,
      @Nullable @QueryParam("label") String label,
      @Context HttpHeaders headers) {
    access.check("read", headers);
    return overview.series(Parse.required("asset", asset), Parse.required("label", label));
  }

  @GET
  @Path("workers")
  public List<WorkerView> workers(@Context HttpHeaders headers) {
    access.check("read", headers);
    return overview.workers();
  }

  @GET
  @Path("stores")
  public List<StoreView> stores(@Context HttpHeaders headers) {
    access.check("read", headers);
    return equipment.all().stores();
  }

  /** Has one worker end when what it holds has. */
  @POST
  @Path("workers/{session}/drain")
  public Map<String, String> drain(
      @PathParam("session") String session, @Context HttpHeaders headers) {
    access.check("operate", headers);
    long asked = Parse.session(session);
    return Map.of("session", session, "worker", control.queue().sessions().drain(asked));
  }

  @GET
  @Path("io-managers")
  public List<IoManagerView> ioManagers(@Context HttpHeaders headers) {
    access.check("read", headers);
    return equipment.all().ioManagers();
  }
}

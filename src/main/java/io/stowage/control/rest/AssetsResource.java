package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.control.ControlPlane;
import io.stowage.control.ledger.MaterializationHistory;
import io.stowage.protocol.AssetView;
import io.stowage.protocol.CheckView;
import io.stowage.protocol.DynamicKeys;
import io.stowage.protocol.JobView;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Page;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger. Asset keys have slashes in them, so most are query parameters. */
@Path("/v1")
@RunOnVirtualThread
public class AssetsResource {
  @Inject ControlPlane control;
  @Inject Access access;

  @GET
  @Path("assets")
  public List<AssetView> assets(@Context HttpHeaders headers) {
    access.check("read", headers);
    return control.assets();
  }

  @GET
  @Path("jobs")
  public List<JobView> jobs(@Context HttpHeaders headers) {
    access.check("read", headers);
    return control.jobs();
  }

  @GET
  @Path("asset")
  public AssetView asset(@Nullable @QueryParam("key") String key, @Context HttpHeaders headers) {
    access.check("read", headers);
    return control.asset(Parse.required("key", key));
  }

  @GET
  @Path("assets/{key:.+}/checks")
  public List<CheckView> checks(
      @PathParam("key") String key,
      @Nullable @QueryParam("partition") String partition,
      @Nullable @QueryParam("check") String check,
      @DefaultValue("50") @QueryParam("limit") String limit,
      @Context HttpHeaders headers) {
    access.check("read", headers);
    return control.checks(key, partition, check, Parse.number("limit", limit));
  }

  @GET
  @Path("materializations")
  public Page<MaterializationView> materializations(
      @Nullable @QueryParam("asset") String asset,
      @Nullable @QueryParam("partition") String partition,
      @Nullable @QueryParam("run") String run,
      @DefaultValue("false") @QueryParam("current") boolean current,
      @Nullable @QueryParam("cursor") String cursor,
      @DefaultValue("50") @QueryParam("limit") String limit,
      @Context HttpHeaders headers) {
    access.check("read", headers);
    var filter =
        new MaterializationHistory.Filter(
            asset, partition, run == null ? null : Parse.id("run", run), current);
    return control.history().list(filter, cursor, Parse.number("limit", limit));
  }

  @GET
  @Path("partitions")
  public List<String> partitions(
      @Nullable @QueryParam("asset") String asset,
      @Nullable @QueryParam("definition") String definition,
      @Context HttpHeaders headers) {
    access.check("read", headers);
    return definition != null && asset == null
        ? control.dynamic().keys(Parse.required("definition", definition))
        : control.partitions(Parse.required("asset", asset));
  }

  @POST
  @Path("partitions")
  public List<String> change(DynamicKeys change, @Context HttpHeaders headers) {
    access.check("submit", headers);
    return control.dynamic().change(Parse.body(change));
  }
}

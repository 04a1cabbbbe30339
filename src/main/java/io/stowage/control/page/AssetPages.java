package io.stowage.control.page;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.api.AssetKey;
import io.stowage.control.ControlPlane;
import io.stowage.control.Overview;
import io.stowage.control.Overview.Declared;
import io.stowage.control.ledger.MaterializationHistory.Filter;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Page;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

@Path("/")
@RunOnVirtualThread
public class AssetPages {
  private static final int SHOWN = 30;
  private static final int CHECKS = 8;
  private static final int LOOKED_THROUGH = 200;
  private static final List<String> ALWAYS = List.of("rows", "bytes", "seconds");

  @Inject Gate gate;
  @Inject ControlPlane control;
  @Inject Overview overview;

  @GET
  public Response start() {
    return Gate.to("/assets");
  }

  @GET
  @Path("assets")
  public Response assets(
      @DefaultValue("") @QueryParam("state") String state,
      @DefaultValue("") @QueryParam("q") String words,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    return gate.show(
        "Assets",
        "assets",
        headers,
        uri,
        frame -> Templates.assets(frame, AssetList.of(overview.assets(), state, words)));
  }

  @GET
  @Path("lineage")
  public Response lineage(@Context HttpHeaders headers, @Context UriInfo uri) {
    return gate.show("Lineage", "lineage", headers, uri, Templates::lineage);
  }

  @GET
  @Path("assets/{key:.+}")
  public Response asset(
      @PathParam("key") String key,
      @DefaultValue("") @QueryParam("partition") String partition,
      @DefaultValue("") @QueryParam("cursor") String cursor,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    return gate.show(
        key,
        "assets",
        headers,
        uri,
        frame -> Templates.asset(frame, page(overview.declared(key), partition, cursor)));
  }

  private AssetPage page(Declared asset, String partition, String cursor) {
    String key = asset.key().toString();
    var filter = new Filter(key, partition.isEmpty() ? null : partition, null, false);
    Page<MaterializationView> history = control.history().list(filter, cursor, SHOWN);
    var newest =
        partition.isEmpty() && cursor.isEmpty()
            ? history.items()
            : control.history().list(new Filter(key, null, null, false), null, SHOWN).items();
    String example =
        !partition.isEmpty()
            ? partition
            : newest.stream().map(MaterializationView::partition).findFirst().orElse("…");
    var shown =
        history.items().stream()
            .map(
                view ->
                    ShownMaterialization.of(
                        view,
                        view.equals(history.items().getFirst())
                            ? overview.current(ShownMaterialization.places(view))
                            : Map.of()))
            .toList();
    return new AssetPage(
        overview.asset(asset),
        asset.catalog().graph().downstream(asset.key()).stream()
            .map(AssetKey::toString)
            .sorted()
            .toList(),
        asset.spec().partitions().map(each -> each.dimensions()).orElse(List.of()),
        partition,
        shown.isEmpty() ? null : shown.getFirst(),
        shown,
        history.cursor() == null ? "" : history.cursor(),
        ShownSchema.of(control.history().schemas(key, LOOKED_THROUGH)),
        control.runs().checks().list(key, partition.isEmpty() ? null : partition, null, CHECKS),
        List.copyOf(labels(newest)),
        asset.spec().output(asset.key()).storedType().simple(),
        JavaCode.of(asset, example),
        JavaCode.command(asset, example));
  }

  private static Set<String> labels(List<MaterializationView> newest) {
    var numbers =
        newest.stream()
            .flatMap(view -> view.metadata().entrySet().stream())
            .filter(
                each ->
                    List.of("int", "float").contains(String.valueOf(each.getValue().get("type"))))
            .map(Map.Entry::getKey)
            .toList();
    var labels = new LinkedHashSet<String>();
    Stream.concat(ALWAYS.stream().filter(numbers::contains), numbers.stream().sorted())
        .forEach(labels::add);
    return labels;
  }
}

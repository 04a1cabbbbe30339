package io.stowage.cli;

import io.stowage.protocol.AssetView;
import io.stowage.protocol.MaterializationView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "asset",
    mixinStandardHelpOptions = true,
    description = "Shows an asset, and its newest materialization.")
final class AssetCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Parameters(paramLabel = "ASSET", description = "The asset's key.")
  private String key = "";

  @Override
  public Integer call() {
    var asset = remote.get("/v1/asset?key=" + Remote.encoded(key), AssetView.class);
    if (remote.asJson()) {
      remote.printJson(asset);
      return 0;
    }
    remote.line("asset", asset.asset() + " in queue " + asset.queue());
    remote.line("", asset.description());
    asset.tags().forEach((name, value) -> remote.line("tag", name + "=" + value));
    remote.line("manager", asset.ioManager());
    remote.line("upstream", String.join(" ", asset.upstream()));
    remote.line("partitions", asset.partitions());
    remote.line("stored", asset.materializedPartitions());
    MaterializationView latest = asset.latest();
    if (latest != null) {
      remote.line("newest", latest.partition());
      remote.line("at", latest.committedAt() + " by run " + latest.runId());
      remote.line("location", latest.location());
      remote.line("rows", latest.rows() < 0 ? null : latest.rows());
      latest.metadata().forEach((label, value) -> remote.line(label, value.get("value")));
    }
    remote.out().flush();
    return 0;
  }
}

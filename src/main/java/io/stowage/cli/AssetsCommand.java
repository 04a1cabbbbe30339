package io.stowage.cli;

import io.stowage.protocol.AssetView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "assets",
    mixinStandardHelpOptions = true,
    description = "Lists the assets that workers brought.")
final class AssetsCommand implements Callable<Integer> {
  @Mixin private final Remote remote = new Remote();

  @Override
  public Integer call() {
    var assets = remote.list("/v1/assets", AssetView.class);
    if (remote.asJson()) {
      remote.printJson(assets);
      return 0;
    }
    var table = new Table("ASSET", "IO MANAGER", "PARTITIONED", "STORED", "UPSTREAM");
    assets.forEach(
        asset ->
            table.row(
                asset.asset(),
                asset.ioManager(),
                asset.partitions() == null ? "no" : "yes",
                asset.materializedPartitions(),
                String.join(" ", asset.upstream())));
    table.print(remote.out());
    return 0;
  }
}

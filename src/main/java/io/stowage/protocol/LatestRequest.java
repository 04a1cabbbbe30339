package io.stowage.protocol;

import java.util.List;

/**
 * Asks for the current materializations of an asset's partitions; the empty text stands for an
 * asset without any. No partitions at all ask for the newest one, of whichever.
 */
public record LatestRequest(String asset, List<String> partitions) {
  public LatestRequest {
    Required.present("asset", asset);
    Required.whole("partitions", partitions);
  }
}

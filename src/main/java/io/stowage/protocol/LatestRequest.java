package io.stowage.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the current materializations of an asset's partitions; the empty text stands for an
 * asset without any. No partitions at all ask for the newest one, of whichever.
 *
 * @param asOf with a time: for those that were current then; null for now
 */
public record LatestRequest(String asset, List<String> partitions, @Nullable AsOf asOf) {
  public LatestRequest {
    Required.present("asset", asset);
    Required.whole("partitions", partitions);
  }

  /** Of what is current now. */
  public LatestRequest(String asset, List<String> partitions) {
    this(asset, partitions, null);
  }
}

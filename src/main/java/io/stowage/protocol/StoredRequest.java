package io.stowage.protocol;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks what is stored of an asset, and how to read it.
 *
 * @param partitions keys as text; null for all that are stored
 * @param at as it was at that time; null for now
 * @param run as that run left it; null for now
 */
public record StoredRequest(
    String asset, @Nullable List<String> partitions, @Nullable Instant at, @Nullable UUID run) {
  public StoredRequest {
    Required.present("asset", asset);
    Required.wholeIfGiven("partitions", partitions);
    if (at != null && run != null) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "'at' and 'run' are both given: a value is as of one of them");
    }
  }
}

package io.stowage.io.object;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.RetryRequested;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectKey;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One object to load.
 *
 * @param partition the key's text; empty where there are no partitions
 * @param committed what the ledger says of it; null for an external asset
 */
record StoredPart(
    AssetKey asset,
    String partition,
    ObjectKey key,
    URI location,
    @Nullable StoredObject committed) {

  /**
   * The failure with what it happened on; its code is kept, other than that nothing is told apart
   * from bad data.
   */
  StowageException failure(Throwable cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new StowageException(ErrorCode.CANCELED, what() + ": interrupted", cause);
    }
    if (cause instanceof RetryRequested wish) {
      return wish;
    }
    if (cause instanceof StowageException known) {
      ErrorCode code =
          known.code() == ErrorCode.NOT_FOUND ? ErrorCode.NOT_MATERIALIZED : known.code();
      return new StowageException(code, what() + ": " + known.getMessage(), known);
    }
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new StowageException(ErrorCode.BAD_DATA, what() + ": " + reason, cause);
  }

  private String what() {
    return "cannot load " + named(asset, partition) + " from '" + location + "'";
  }

  static String named(AssetKey asset, String partition) {
    return "'" + asset + "'" + (partition.isEmpty() ? "" : " partition '" + partition + "'");
  }
}

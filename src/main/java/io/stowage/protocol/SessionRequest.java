package io.stowage.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker's life begins.
 *
 * @param protocol number of the protocol's version
 * @param queues that it pulls from
 * @param slots how many runs it executes side by side
 * @param catalog sent where the control plane does not know the hash
 */
public record SessionRequest(
    String name,
    String version,
    int protocol,
    List<String> queues,
    int slots,
    String catalogHash,
    @Nullable CatalogDocument catalog) {
  public static final int PROTOCOL = 1;
}

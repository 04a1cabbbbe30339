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
 * @param kinds of runs that it executes, {@link RunKind}; assets alone where absent
 */
public record SessionRequest(
    String name,
    String version,
    int protocol,
    List<String> queues,
    int slots,
    String catalogHash,
    @Nullable CatalogDocument catalog,
    @Nullable List<String> kinds) {
  public SessionRequest {
    Required.name("name", name);
    Required.present("version", version);
    Required.name("catalog_hash", catalogHash);
    Required.whole("queues", queues);
    Required.between("queues", queues.size(), 1, 100);
    queues.forEach(queue -> Required.queue("queues", queue));
    Required.between("slots", slots, 1, 10_000);
    Required.wholeIfGiven("kinds", kinds);
    Required.between("kinds", kinds == null ? 0 : kinds.size(), 0, 100);
  }

  /** Of a worker that executes assets alone. */
  public SessionRequest(
      String name,
      String version,
      int protocol,
      List<String> queues,
      int slots,
      String catalogHash,
      @Nullable CatalogDocument catalog) {
    this(name, version, protocol, queues, slots, catalogHash, catalog, null);
  }

  public static final int PROTOCOL = 1;
}

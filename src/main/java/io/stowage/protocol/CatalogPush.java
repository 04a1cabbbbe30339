package io.stowage.protocol;

import java.util.List;

/**
 * Makes a catalog the current one of queues, before any worker runs.
 *
 * @param hash {@link Json#hash} of the catalog
 */
public record CatalogPush(List<String> queues, String hash, CatalogDocument catalog) {
  public CatalogPush {
    Required.whole("queues", queues);
    Required.between("queues", queues.size(), 1, 100);
    queues.forEach(queue -> Required.queue("queues", queue));
    Required.name("hash", hash);
    Required.present("catalog", catalog);
  }
}

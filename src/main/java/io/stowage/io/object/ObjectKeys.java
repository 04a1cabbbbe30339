package io.stowage.io.object;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionKey;
import io.stowage.store.KeyEncoding;
import io.stowage.store.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names the objects of one manager. No two assets or partitions share a name: each component is
 * encoded, and {@code @}, which the encoding never makes, stands before a partition.
 */
final class ObjectKeys {
  private final String prefix;
  private final Layout layout;
  private final String extension;

  ObjectKeys(String prefix, Layout layout, String extension) {
    String stripped = prefix.replaceAll("^/+|/+$", "");
    this.prefix = ObjectKey.prefix(stripped.isEmpty() ? "" : stripped + "/");
    this.layout = layout;
    this.extension = extension;
  }

  /** Where one write goes. */
  ObjectKey written(AssetKey asset, @Nullable PartitionKey partition, String writeId) {
    return switch (layout) {
      case VERSIONED -> ObjectKey.of(folder(asset, partition) + "/" + writeId + "." + extension);
      case FLAT -> flat(asset, partition);
    };
  }

  /** The fixed name, which external assets have as well. */
  ObjectKey flat(AssetKey asset, @Nullable PartitionKey partition) {
    return ObjectKey.of(folder(asset, partition) + "." + extension);
  }

  /** An object that is named by its path below the prefix. */
  ObjectKey path(String path) {
    return ObjectKey.of(prefix + path);
  }

  private String folder(AssetKey asset, @Nullable PartitionKey partition) {
    var components = new ArrayList<String>();
    asset.components().forEach(component -> components.add(KeyEncoding.encode(component)));
    if (partition != null) {
      components.add("@" + encoded(partition.components()));
    }
    return prefix + String.join("/", components);
  }

  private static String encoded(List<String> components) {
    return components.stream().map(KeyEncoding::encode).collect(Collectors.joining("/"));
  }
}

package io.stowage.io.object;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionKey;
import io.stowage.store.KeyEncoding;
import io.stowage.store.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names the objects of one manager. No two assets or partitions share a name: each component is
 * encoded, and {@code @}, which the encoding never makes, stands before a partition, and before the
 * folder {@code @runs} of what ops have stored.
 */
final class ObjectKeys {
  private static final int WRITE_ID = 36;
  private static final Pattern WRITE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern FOLDER = Pattern.compile("@?[A-Za-z0-9._=%~-]+");

  /** No name of an asset or a partition has an {@code @} inside. */
  private static final String QUARANTINE = "@quarantine.csv";

  private final String prefix;
  private final Layout layout;
  private final String extension;

  ObjectKeys(String prefix, Layout layout, String extension) {
    String stripped = prefix.replaceAll("^/+|/+$", "");
    this.prefix = ObjectKey.prefix(stripped.isEmpty() ? "" : stripped + "/");
    this.layout = layout;
    this.extension = extension;
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} or {@code INVALID_KEY} where a setting
   *     cannot be
   */
  static ObjectKeys of(ObjectIoSettings settings, ObjectFormat format) {
    if (settings.parallelism() < 1) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "parallelism is "
              + settings.parallelism()
              + ", but at least one partition is loaded at a time");
    }
    return new ObjectKeys(settings.prefix().orElse(""), settings.layout(), format.extension());
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

  /** Where rows lie that could not be stored in that object. */
  ObjectKey quarantine(ObjectKey written) {
    String path = written.path();
    return ObjectKey.of(path.substring(0, path.length() - extension.length() - 1) + QUARANTINE);
  }

  /** The object that a quarantine belongs to; the key itself where it is none. */
  ObjectKey belongsTo(ObjectKey key) {
    String path = key.path();
    return path.endsWith(QUARANTINE)
        ? ObjectKey.of(path.substring(0, path.length() - QUARANTINE.length()) + "." + extension)
        : key;
  }

  /** An object that is named by its path below the prefix. */
  ObjectKey path(String path) {
    return ObjectKey.of(prefix + path);
  }

  /**
   * Where all writes of the asset lie, with those of assets whose keys begin as its own; of all
   * assets, where there is none.
   */
  String writesBegin(@Nullable AssetKey asset) {
    return asset == null ? prefix : folder(asset, null) + "/";
  }

  /**
   * Whether one write alone has this name: {@code <asset's folders>/[@<partition>/]<write
   * id>.<extension>}.
   *
   * @param asset of that asset; null for any
   */
  boolean isWrite(ObjectKey key, @Nullable AssetKey asset) {
    if (layout != Layout.VERSIONED || !key.path().startsWith(writesBegin(asset))) {
      return false;
    }
    var folders = new ArrayList<>(List.of(key.path().substring(prefix.length()).split("/")));
    String name = folders.removeLast();
    int named = asset == null ? 1 : asset.components().size();
    return name.length() == WRITE_ID + 1 + extension.length()
        && name.endsWith("." + extension)
        && WRITE.matcher(name.substring(0, WRITE_ID)).matches()
        && folders.size() >= named
        && folders.stream().allMatch(folder -> FOLDER.matcher(folder).matches())
        && (asset == null || folders.size() == named || folders.get(named).startsWith("@"));
  }

  private String folder(AssetKey asset, @Nullable PartitionKey partition) {
    var components = new ArrayList<String>();
    asset.components().forEach(component -> components.add(KeyEncoding.encode(component)));
    if (asset.isOfRun()) {
      components.set(0, asset.components().getFirst());
    }
    if (partition != null) {
      components.add("@" + encoded(partition.components()));
    }
    return prefix + String.join("/", components);
  }

  private static String encoded(List<String> components) {
    return components.stream().map(KeyEncoding::encode).collect(Collectors.joining("/"));
  }
}

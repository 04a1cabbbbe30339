package io.stowage.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a file beside its bytes. Metadata and checksum are user attributes of the
 * file, named {@code stowage.<name>}; a file system that has none drops them, and nothing of ours
 * depends on them.
 */
final class FileAttributes {
  private static final String PREFIX = "stowage.";
  private static final String CHECKSUM = "stowage.sha256()";

  private FileAttributes() {}

  /** All of it, or nothing where there is no such file. */
  static Optional<ObjectInfo> read(ObjectKey key, Path file) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      return Optional.empty();
    }
    var named = readNamed(file);
    String checksum = named.remove(CHECKSUM);
    var metadata = new HashMap<String, String>();
    named.forEach((name, value) -> metadata.put(name.substring(PREFIX.length()), value));
    return Optional.of(info(key, attributes, metadata, checksum));
  }

  /** What a listing tells. */
  static ObjectInfo brief(ObjectKey key, BasicFileAttributes attributes) {
    return info(key, attributes, Map.of(), null);
  }

  static void write(Path file, Map<String, String> metadata, String checksum) {
    try {
      var view = view(file);
      if (view.isPresent()) {
        view.get().write(CHECKSUM, UTF_8.encode(checksum));
        for (var entry : metadata.entrySet()) {
          view.get().write(PREFIX + entry.getKey(), UTF_8.encode(entry.getValue()));
        }
      }
    } catch (IOException _) {
      // the file system cannot keep them: see above
    }
  }

  private static ObjectInfo info(
      ObjectKey key,
      BasicFileAttributes attributes,
      Map<String, String> metadata,
      @Nullable String checksum) {
    var modified = attributes.lastModifiedTime();
    // the inode as well: two writes may fall into one tick of the file system's clock
    String etag =
        "%x-%x-%x"
            .formatted(
                modified.to(TimeUnit.NANOSECONDS),
                attributes.size(),
                Objects.hashCode(Objects.toString(attributes.fileKey())));
    return new ObjectInfo(
        key, attributes.size(), etag, null, modified.toInstant(), metadata, checksum);
  }

  private static Map<String, String> readNamed(Path file) {
    var named = new HashMap<String, String>();
    try {
      var view = view(file);
      if (view.isPresent()) {
        for (String name : view.get().list()) {
          if (name.startsWith(PREFIX)) {
            named.put(name, value(view.get(), name));
          }
        }
      }
    } catch (IOException _) {
      named.clear();
    }
    return named;
  }

  private static String value(UserDefinedFileAttributeView view, String name) throws IOException {
    var bytes = ByteBuffer.allocate(view.size(name));
    view.read(name, bytes);
    return UTF_8.decode(bytes.flip()).toString();
  }

  private static Optional<UserDefinedFileAttributeView> view(Path file) {
    return Optional.ofNullable(
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class));
  }
}

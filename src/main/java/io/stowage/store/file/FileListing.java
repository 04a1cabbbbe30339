package io.stowage.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stowage.api.StowageException;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Walks a folder in the order of keys, one folder's names in memory at a time. In that order {@code
 * a-b} comes before {@code a/c}, so a folder is sorted as if its name ended in a slash. Symbolic
 * links are left out.
 */
final class FileListing extends AbstractSpliterator<ObjectInfo> {
  /** A file, or a folder that was not looked into yet. */
  private record Entry(ObjectKey key, Path path, BasicFileAttributes attributes)
      implements Comparable<Entry> {
    String sorted() {
      return attributes.isDirectory() ? key.path() + "/" : key.path();
    }

    @Override
    public int compareTo(Entry other) {
      return FileListing.compare(sorted(), other.sorted());
    }
  }

  private final String prefix;
  private final FileErrors errors;
  private final Deque<Entry> ahead = new ArrayDeque<>();

  private FileListing(Path root, String prefix, FileErrors errors) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
    this.prefix = prefix;
    this.errors = errors;
    String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    push(root.resolve(folder), folder);
  }

  static Stream<ObjectInfo> of(Path root, String prefix, FileErrors errors) {
    return StreamSupport.stream(
        () -> new FileListing(root, prefix, errors),
        Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT,
        false);
  }

  @Override
  public boolean tryAdvance(Consumer<? super ObjectInfo> action) {
    while (!ahead.isEmpty()) {
      var entry = ahead.pop();
      if (!entry.attributes.isDirectory()) {
        action.accept(FileAttributes.brief(entry.key, entry.attributes));
        return true;
      }
      push(entry.path, entry.key + "/");
    }
    return false;
  }

  private void push(Path folder, String keyed) {
    var entries = new ArrayList<Entry>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        add(entries, path, keyed + path.getFileName());
      }
    } catch (NoSuchFileException | NotDirectoryException _) {
      return; // gone meanwhile, or nothing begins so
    } catch (IOException e) {
      throw errors.listing(e);
    }
    Collections.sort(entries, Collections.reverseOrder());
    entries.forEach(ahead::push);
  }

  private void add(List<Entry> entries, Path path, String name) throws IOException {
    if (name.equals(FileObjectStore.RESERVED)) {
      return;
    }
    try {
      var entry =
          new Entry(
              ObjectKey.of(name),
              path,
              Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
      boolean listed = entry.attributes.isRegularFile() || entry.attributes.isDirectory();
      if (listed && (name.startsWith(prefix) || prefix.startsWith(entry.sorted()))) {
        entries.add(entry);
      }
    } catch (NoSuchFileException _) {
      // gone meanwhile
    } catch (StowageException _) {
      // no key: not ours
    }
  }

  private static int compare(String a, String b) {
    byte[] left = a.getBytes(UTF_8);
    return Arrays.compareUnsigned(left, b.getBytes(UTF_8));
  }
}

package io.stowage.store.file;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.ObjectReader;
import io.stowage.store.ObjectStore;
import io.stowage.store.ObjectWriter;
import io.stowage.store.StagedWriter;
import io.stowage.store.StoreProbe;
import io.stowage.store.StreamReader;
import io.stowage.store.WriteOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Objects as files of a folder. Several processes may share it, also over a network, if that file
 * system has hard links. The folder must stay one file system: unfinished objects are under
 * {@code @tmp} in it.
 */
public final class FileObjectStore implements ObjectStore {
  static final String RESERVED = "@tmp";
  private static final Duration STALE = Duration.ofDays(1);
  private static final int OPEN_TRIES = 3;

  private final String name;
  private final Path root;
  private final boolean createFolder;
  private final Folders folders;
  private final FileErrors errors;

  /**
   * Touches no file: whether the folder is there shows at {@link #check}, or at the first use.
   *
   * @param name of the store, for messages
   */
  public FileObjectStore(String name, FileSettings settings) {
    this.name = name;
    this.root = settings.path().toAbsolutePath().normalize();
    this.createFolder = settings.createFolder();
    this.folders = new Folders(settings.fsync());
    this.errors = new FileErrors(name, root);
  }

  @Override
  public ObjectWriter create(ObjectKey key, WriteOptions options) {
    var target = path(key);
    try {
      var temporary = realRoot().resolve(RESERVED);
      folders.create(temporary);
      var part = temporary.resolve(UUID.randomUUID() + ".part");
      return new StagedWriter(
          key, new FileStaging(key, target, part, options.identified(), folders, errors));
    } catch (IOException e) {
      throw errors.writing(key, e);
    }
  }

  @Override
  public ObjectReader open(ObjectKey key) {
    var path = path(key);
    try {
      for (int i = 0; i < OPEN_TRIES; i++) {
        var info = FileAttributes.read(key, path).orElseThrow(() -> errors.notFound(key));
        var reader =
            new StreamReader(info, Files.newInputStream(path), e -> errors.reading(key, e));
        if (info(key).filter(now -> now.etag().equals(info.etag())).isPresent()) {
          return reader;
        }
        reader.close();
      }
    } catch (IOException e) {
      throw errors.reading(key, e);
    }
    throw new StowageException(
        ErrorCode.UNAVAILABLE,
        "cannot read '%s': it is being overwritten all the time".formatted(key));
  }

  @Override
  public Optional<ObjectInfo> info(ObjectKey key) {
    try {
      return FileAttributes.read(key, path(key));
    } catch (IOException e) {
      var translated = errors.reading(key, e);
      if (translated.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw translated;
    }
  }

  @Override
  public Stream<ObjectInfo> list(String prefix) {
    String checked = ObjectKey.prefix(prefix);
    int slash = checked.lastIndexOf('/');
    if (slash > 0) {
      path(ObjectKey.of(checked.substring(0, slash)));
    }
    return FileListing.of(realRoot(), checked, errors);
  }

  @Override
  public boolean delete(ObjectKey key) {
    var path = path(key);
    try {
      if (!Files.isRegularFile(path) || !Files.deleteIfExists(path)) {
        return false;
      }
      var parent = path.getParent();
      if (parent != null) {
        folders.force(parent);
      }
      return true;
    } catch (IOException e) {
      throw errors.deleting(key, e);
    }
  }

  @Override
  public URI location(ObjectKey key) {
    return root.resolve(key.path()).toUri();
  }

  @Override
  public void check() {
    try {
      if (createFolder) {
        folders.create(root);
      }
      StoreProbe.run(this);
      deleteStale(realRoot().resolve(RESERVED));
    } catch (IOException e) {
      throw new StowageException(
          ErrorCode.STORE_MISSING,
          "cannot create or use folder '%s' of store '%s': %s".formatted(root, name, e),
          e);
    }
  }

  @Override
  public void close() {}

  /**
   * Where the object is, after having made sure that no symbolic link leads there from inside to
   * outside.
   */
  private Path path(ObjectKey key) {
    if (key.components().getFirst().equals(RESERVED)) {
      throw errors.reserved(key);
    }
    var real = realRoot();
    var path = real.resolve(key.path());
    var existing = path;
    while (!existing.equals(real) && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = Objects.requireNonNull(existing.getParent());
    }
    try {
      if (!existing.toRealPath().startsWith(real)) {
        throw errors.outside(key);
      }
    } catch (NoSuchFileException _) {
      return path; // gone meanwhile, or a link to nothing
    } catch (IOException e) {
      throw errors.reading(key, e);
    }
    return path;
  }

  private Path realRoot() {
    try {
      var real = root.toRealPath();
      if (Files.isDirectory(real)) {
        return real;
      }
      throw errors.missing(new FileSystemException(root.toString(), null, "not a directory"));
    } catch (NoSuchFileException e) {
      throw errors.missing(e);
    } catch (IOException e) {
      throw errors.listing(e);
    }
  }

  private static void deleteStale(Path temporary) throws IOException {
    var oldest = Instant.now().minus(STALE);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(temporary, "*.part")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }
}

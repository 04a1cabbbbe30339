package io.stowage.store.file;

import io.stowage.store.ObjectInfo;
import io.stowage.store.ObjectKey;
import io.stowage.store.Staging;
import io.stowage.store.WriteOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file under {@code @tmp} that becomes the object by a hard link, which fails if the name is
 * taken, or by a rename.
 */
final class FileStaging implements Staging {
  private static final Logger LOG = System.getLogger(FileStaging.class.getName());
  private static final int BUFFER = 1 << 16;

  private final ObjectKey key;
  private final Path target;
  private final Path part;
  private final WriteOptions options;
  private final Folders folders;
  private final FileErrors errors;
  private final FileChannel channel;
  private final OutputStream buffered;

  FileStaging(
      ObjectKey key,
      Path target,
      Path part,
      WriteOptions options,
      Folders folders,
      FileErrors errors)
      throws IOException {
    this.key = key;
    this.target = target;
    this.part = part;
    this.options = options;
    this.folders = folders;
    this.errors = errors;
    this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      buffered.write(bytes, offset, length);
    } catch (IOException e) {
      throw errors.writing(key, e);
    }
  }

  @Override
  public ObjectInfo publish(String sha256) {
    try {
      buffered.flush();
      FileAttributes.write(part, options.metadata(), sha256);
      folders.force(channel);
      channel.close();
      createParent();
      // read before it is visible: afterwards it may have been overwritten already
      var info =
          FileAttributes.read(key, part)
              .orElseThrow(() -> errors.notFound(key))
              .withChecksum(sha256);
      show();
      folders.force(parent());
      return info;
    } catch (IOException e) {
      throw errors.writing(key, e);
    }
  }

  @Override
  public void discard() {
    try {
      channel.close();
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.log(
          Logger.Level.WARNING,
          "cannot delete ''{0}'', which a later start does after a day: {1}",
          part,
          e);
    }
  }

  private Path parent() {
    var parent = target.getParent();
    return parent == null ? target : parent;
  }

  private void createParent() throws IOException {
    try {
      folders.create(parent());
    } catch (FileSystemException e) {
      throw FileErrors.isTaken(e) ? errors.blocked(key) : errors.writing(key, e);
    }
  }

  private void show() throws IOException {
    if (Files.isDirectory(target)) {
      throw errors.blocked(key);
    }
    if (options.mode() == WriteOptions.Mode.OVERWRITE) {
      refuseAnotherCase();
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } else {
      link();
      Files.deleteIfExists(part);
    }
  }

  /** What another key has stored would be gone, where the two differ in nothing else. */
  private void refuseAnotherCase() throws IOException {
    try {
      var there = target.toRealPath();
      var wanted = target.toString();
      if (!there.toString().equals(wanted) && there.toString().equalsIgnoreCase(wanted)) {
        throw errors.sameButForCase(key, there);
      }
    } catch (NoSuchFileException _) {
      // nothing is replaced
    }
  }

  private void link() throws IOException {
    try {
      Files.createLink(target, part);
    } catch (UnsupportedOperationException e) {
      throw errors.noLinks(e);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException e) {
      if (FileErrors.isUnsupported(e)) {
        throw errors.noLinks(e);
      }
      throw e;
    }
  }
}

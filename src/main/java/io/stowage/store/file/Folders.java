package io.stowage.store.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Creates folders and forces what is in them to the disk, if told to. */
final class Folders {
  private final boolean fsync;

  Folders(boolean fsync) {
    this.fsync = fsync;
  }

  /** Creates a folder and those above it, each of them durable. */
  void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    var above = folder.getParent();
    if (above != null) {
      create(above);
    }
    try {
      Files.createDirectory(folder);
      force(above == null ? folder : above);
    } catch (FileAlreadyExistsException e) {
      // another writer was quicker, or a file has the name
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  void force(FileChannel file) throws IOException {
    if (fsync) {
      file.force(true);
    }
  }

  /** Not to be interrupted, since the object is visible already. */
  void force(Path folder) throws IOException {
    boolean interrupted = false;
    try {
      while (fsync && !forced(folder)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean forced(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }
}

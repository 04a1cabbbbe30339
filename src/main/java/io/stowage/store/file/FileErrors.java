package io.stowage.store.file;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectKey;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Makes the errors of {@code java.nio.file} into ours. */
final class FileErrors {
  private final String name;
  private final Path root;

  FileErrors(String name, Path root) {
    this.name = name;
    this.root = root;
  }

  StowageException reading(ObjectKey key, IOException e) {
    return translated(
        "cannot read '%s' from store '%s', folder '%s'".formatted(key, name, root), e);
  }

  StowageException writing(ObjectKey key, IOException e) {
    return translated("cannot write '%s' to store '%s', folder '%s'".formatted(key, name, root), e);
  }

  StowageException deleting(ObjectKey key, IOException e) {
    return translated(
        "cannot delete '%s' from store '%s', folder '%s'".formatted(key, name, root), e);
  }

  StowageException listing(IOException e) {
    return translated("cannot list store '%s', folder '%s'".formatted(name, root), e);
  }

  StowageException missing(Throwable e) {
    return new StowageException(
        ErrorCode.STORE_MISSING,
        "folder '%2$s' of store '%1$s' is not there: create it, correct path, or set create-folder=true"
            .formatted(name, root),
        e);
  }

  StowageException outside(ObjectKey key) {
    return new StowageException(
        ErrorCode.ACCESS_DENIED,
        "'%s' leads out of store '%s', folder '%s', by a symbolic link, which is not followed"
            .formatted(key, name, root));
  }

  StowageException notFound(ObjectKey key) {
    return new StowageException(
        ErrorCode.NOT_FOUND,
        "cannot read '%s' from store '%s', folder '%s': there is no such object"
            .formatted(key, name, root));
  }

  StowageException blocked(ObjectKey key) {
    return new StowageException(
        ErrorCode.INVALID_KEY,
        "cannot write '%s' to store '%s', folder '%s': a file and a folder of one name would be needed"
            .formatted(key, name, root));
  }

  StowageException sameButForCase(ObjectKey key, Path there) {
    return new StowageException(
        ErrorCode.CONFLICT,
        "cannot write '%s' to store '%s', folder '%s': it would replace '%s', since this file system does not tell upper case from lower; rename one of them, or use the layout 'versioned'"
            .formatted(key, name, root, there));
  }

  StowageException reserved(ObjectKey key) {
    return new StowageException(
        ErrorCode.INVALID_KEY,
        "'%s' is in the folder '@tmp', which is for unfinished objects".formatted(key));
  }

  StowageException noLinks(Throwable e) {
    return new StowageException(
        ErrorCode.INVALID_CONFIGURATION,
        "the file system of store '%s', folder '%s', has no hard links, by which an object is written once; use a folder on another one"
            .formatted(name, root),
        e);
  }

  /** A file stands where a folder would be needed. */
  static boolean isTaken(FileSystemException e) {
    return e instanceof FileAlreadyExistsException || reason(e).contains("not a directory");
  }

  static boolean isUnsupported(FileSystemException e) {
    return reason(e).contains("not supported")
        || reason(e).contains("not permitted")
        || reason(e).contains("not implemented");
  }

  private static StowageException translated(String what, IOException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          new StowageException(ErrorCode.NOT_FOUND, what + ": there is no such object", e);
      case ClosedByInterruptException _ ->
          new StowageException(ErrorCode.CANCELED, what + ": the thread was interrupted", e);
      case FileAlreadyExistsException _ ->
          new StowageException(
              ErrorCode.ALREADY_EXISTS, what + ": there is such an object already", e);
      case AccessDeniedException _ ->
          new StowageException(
              ErrorCode.ACCESS_DENIED,
              what + ": access denied; see to the folder's owner and permissions",
              e);
      case FileSystemException f when reason(f).contains("read-only") ->
          new StowageException(ErrorCode.ACCESS_DENIED, what + ": the file system is read-only", e);
      case FileSystemException f when reason(f).contains("not a directory") ->
          new StowageException(ErrorCode.NOT_FOUND, what + ": there is no such object", e);
      default -> new StowageException(ErrorCode.UNAVAILABLE, what + ": " + e.getMessage(), e);
    };
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? "" : e.getReason().toLowerCase(Locale.ROOT);
  }
}

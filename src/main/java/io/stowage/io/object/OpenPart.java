package io.stowage.io.object;

import io.stowage.api.ErrorCode;
import io.stowage.api.StoredObject;
import io.stowage.api.StowageException;
import io.stowage.store.Checksums;
import io.stowage.store.ObjectReader;
import io.stowage.store.ObjectStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stored object that is being read, and is checked to be the one that the ledger knows. Close it
 * on every path.
 */
final class OpenPart implements AutoCloseable {
  private static final String SHA_256 = "sha256:";
  private static final int BUFFER = 64 * 1024;

  private final ObjectReader reader;
  private final InputStream bytes;

  private OpenPart(ObjectReader reader, InputStream bytes) {
    this.reader = reader;
    this.bytes = bytes;
  }

  /**
   * @param fixedName whether the object may have been overwritten since it was committed
   * @param verify whether to compare its checksum at its end
   */
  static OpenPart of(ObjectStore store, StoredPart part, boolean fixedName, boolean verify) {
    ObjectReader reader = store.open(part.key());
    try {
      StoredObject committed = part.committed();
      if (fixedName && committed != null) {
        compareEtags(committed.etag(), reader.info().etag());
      }
      InputStream bytes = reader.stream();
      String checksum = committed == null ? null : committed.checksum();
      if (verify && checksum != null && checksum.startsWith(SHA_256)) {
        bytes = Checksums.verifying(bytes, checksum.substring(SHA_256.length()), part.key());
      }
      long size = reader.info().size();
      int buffer = size > 0 && size < BUFFER ? (int) size + 1 : BUFFER;
      return new OpenPart(reader, new BufferedInputStream(bytes, buffer));
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  static String checksum(String sha256) {
    return SHA_256 + sha256;
  }

  private static void compareEtags(@Nullable String committed, String found) {
    if (committed != null && !committed.equals(found)) {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "it was overwritten: its etag is '%s', and the ledger knows '%s'; materialize it again"
              .formatted(found, committed));
    }
  }

  InputStream bytes() {
    return bytes;
  }

  /** Reads what the format left unread, so that the end is reached and the checksum compared. */
  void finish() throws IOException {
    if (bytes.read() >= 0) {
      bytes.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}

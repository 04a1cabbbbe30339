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
  private final boolean verified;

  private OpenPart(ObjectReader reader, InputStream bytes, boolean verified) {
    this.reader = reader;
    this.bytes = bytes;
    this.verified = verified;
  }

  /**
   * @param fixedName whether the object may have been overwritten since it was committed
   * @param verify whether to compare its checksum at its end
   * @throws StowageException {@code BAD_DATA} where it is to be verified and has another size, so
   *     that nothing of it reaches anybody
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
      boolean verified = verify && checksum != null && checksum.startsWith(SHA_256);
      if (verified && checksum != null) {
        bytes = Checksums.verifying(bytes, checksum.substring(SHA_256.length()), part.key());
      }
      long size = reader.info().size();
      int buffer = size > 0 && size < BUFFER ? (int) size + 1 : BUFFER;
      var open = new OpenPart(reader, new BufferedInputStream(bytes, buffer), verified);
      if (verified && committed != null) {
        open.compareSizes(committed.bytes(), size);
      }
      return open;
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** What has another size need not be read as what it is not. */
  private void compareSizes(long stored, long found) {
    if (stored >= 0 && found >= 0 && stored != found) {
      var failure =
          new StowageException(
              ErrorCode.BAD_DATA, "it has %d bytes, and %d were stored".formatted(found, stored));
      Exception sums = explained(failure);
      throw sums == failure
          ? failure
          : new StowageException(
              ErrorCode.BAD_DATA, failure.getMessage() + ": " + sums.getMessage(), sums);
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

  /**
   * What the format has met, or, where this is another object than was stored, that: it explains
   * the one. Reads the object to its end, where it is verified.
   */
  Exception explained(Exception failure) {
    if (!verified
        || failure instanceof InterruptedException
        || (failure instanceof StowageException known
            && known.code() != ErrorCode.BAD_DATA
            && known.code() != ErrorCode.TYPE_MISMATCH)) {
      return failure;
    }
    try {
      finish();
    } catch (StowageException e) {
      if (e.code() == ErrorCode.BAD_DATA && e != failure) {
        e.addSuppressed(failure);
        return e;
      }
    } catch (IOException | RuntimeException _) {
      // then nobody knows
    }
    return failure;
  }

  @Override
  public void close() {
    reader.close();
  }
}

package io.stowage.store;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** SHA-256 in lower-case hex, of what was written and of what is read. */
public final class Checksums {
  private Checksums() {}

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new StowageException(ErrorCode.INTERNAL_ERROR, "this JDK has no SHA-256", e);
    }
  }

  /** The finished digest in hex; the digest starts anew. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  public static String sha256(byte[] bytes) {
    var digest = digest();
    digest.update(bytes);
    return hex(digest);
  }

  /**
   * The same bytes, whose end is reached only if they have the expected checksum; else the read
   * that would have reported the end throws {@code BAD_DATA}, naming the object and both checksums.
   * Whoever stops before the end has verified nothing.
   */
  public static InputStream verifying(InputStream stream, String expected, ObjectKey key) {
    return new VerifyingInput(stream, expected, key);
  }

  private static final class VerifyingInput extends InputStream {
    private final InputStream stream;
    private final String expected;
    private final ObjectKey key;
    private final MessageDigest digest = digest();
    private boolean verified;
    private @Nullable StowageException mismatch;

    VerifyingInput(InputStream stream, String expected, ObjectKey key) {
      this.stream = stream;
      this.expected = expected;
      this.key = key;
    }

    @Override
    public int read() throws IOException {
      int b = stream.read();
      if (b >= 0) {
        digest.update((byte) b);
      } else {
        verify();
      }
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = stream.read(bytes, offset, length);
      if (n >= 0) {
        digest.update(bytes, offset, n);
      } else {
        verify();
      }
      return n;
    }

    @Override
    public int available() throws IOException {
      return stream.available();
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }

    private void verify() {
      if (verified) {
        return;
      }
      if (mismatch != null) {
        throw mismatch; // the digest is used up
      }
      String actual = hex(digest);
      if (!actual.equals(expected)) {
        mismatch =
            new StowageException(
                ErrorCode.BAD_DATA,
                "'%s' is not what was stored: its SHA-256 is '%s', and '%s' was expected"
                    .formatted(key, actual, expected));
        throw mismatch;
      }
      verified = true;
    }
  }
}

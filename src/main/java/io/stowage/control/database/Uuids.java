package io.stowage.control.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7): they sort by time, so that new rows lie side by side
 * in an index.
 */
public final class Uuids {
  // made at the first call, and no constant: a native image would be built with its seed
  private static volatile @Nullable SecureRandom source;

  private Uuids() {}

  public static UUID atTime(Instant time) {
    SecureRandom random = source;
    if (random == null) {
      random = new SecureRandom();
      source = random;
    }
    byte[] bytes = new byte[10];
    random.nextBytes(bytes);
    return of(time.toEpochMilli(), bytes);
  }

  /** No id that was made at that time or later is less. */
  public static UUID leastAt(Instant time) {
    return new UUID(time.toEpochMilli() << 16, 0);
  }

  /** The same for the same time and text: what is made twice of one cause is one. */
  public static UUID derived(Instant time, String text) {
    try {
      return of(
          time.toEpochMilli(),
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UUID of(long millis, byte[] random) {
    long high = (millis << 16) | 0x7000L | ((random[0] & 0x0fL) << 8) | (random[1] & 0xffL);
    long low = 0;
    for (int i = 2; i < 10; i++) {
      low = (low << 8) | (random[i] & 0xffL);
    }
    return new UUID(high, (low & 0x3fffffffffffffffL) | 0x8000000000000000L);
  }
}

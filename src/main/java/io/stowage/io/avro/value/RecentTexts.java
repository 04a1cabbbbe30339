package io.stowage.io.avro.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The short texts of a field that were read last, so that one which comes again and again is kept
 * once: of a list of many rows with few names, most of the memory may be these.
 *
 * <p>Several threads use it without a lock. What they see of each other may be late, which only
 * makes a text twice; entries are immutable.
 */
final class RecentTexts {
  /** Four times the thousand names that a field may have: fewer of them share a slot. */
  private static final int SLOTS = 1 << 12;

  private static final int LONGEST = 32;

  /** So many more misses than hits, and the texts hardly repeat: it rests for a while. */
  private static final int PATIENCE = 2 * SLOTS;

  private static final int REST = 16 * PATIENCE;

  private record Entry(byte[] bytes, String text) {}

  private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];
  private int misses;
  private int resting;

  String text(Utf8 read) {
    int length = read.getByteLength();
    if (length > LONGEST || isResting()) {
      return read.toString();
    }
    byte[] bytes = read.getBytes();
    if (bytes.length != length) {
      bytes = Arrays.copyOf(bytes, length);
    }
    int hash = Arrays.hashCode(bytes);
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    Entry known = entries[slot];
    if (known != null && Arrays.equals(known.bytes, bytes)) {
      misses = Math.max(0, misses - 1);
      return known.text;
    }
    if (++misses > PATIENCE) {
      rest();
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    entries[slot] = new Entry(bytes, text);
    return text;
  }

  /** Texts that did not repeat need not stay for as long as the type does. */
  private void rest() {
    misses = 0;
    resting = REST;
    Arrays.fill(entries, null);
  }

  private boolean isResting() {
    if (resting <= 0) {
      return false;
    }
    resting--;
    return true;
  }
}

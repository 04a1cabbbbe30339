package io.stowage.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a client sends to PostgreSQL, message by message, so that a statement can be rewritten on
 * its way: only a test that owns the connection can take a guard out of the SQL, whatever the
 * program is set to. Without {@link Condition.Rewritten} bytes pass as they come, and its framing
 * is looked for from the beginning of the connection.
 */
final class Statements {
  private static final int HEAD = 5;
  private static final int PARSE = 'P';

  private ByteBuffer waiting = ByteBuffer.allocate(0);
  private boolean started;
  private boolean foreign;

  /** What is to be sent on. */
  byte[] pass(Condition now, byte[] chunk, int n) {
    if (!(now instanceof Condition.Rewritten rewritten) || foreign) {
      foreign = true; // from now on the framing is not known
      byte[] same = new byte[n];
      System.arraycopy(chunk, 0, same, 0, n);
      return same;
    }
    waiting = ByteBuffer.allocate(waiting.remaining() + n).put(waiting).put(chunk, 0, n).flip();
    var out = new ByteArrayOutputStream();
    while (message(rewritten, out)) {}
    return out.toByteArray();
  }

  private boolean message(Condition.Rewritten rewritten, ByteArrayOutputStream out) {
    int head = started ? HEAD : HEAD - 1; // the first message bears no type
    if (waiting.remaining() < head) {
      return false;
    }
    int length = waiting.getInt(waiting.position() + head - 4) + head - 4;
    if (waiting.remaining() < length) {
      return false;
    }
    byte[] message = new byte[length];
    waiting.get(message);
    byte[] sent = started && message[0] == PARSE ? parse(rewritten, message) : message;
    started = true;
    out.write(sent, 0, sent.length);
    return true;
  }

  /** Type, length, the statement's name, its text, and types of parameters. */
  private static byte[] parse(Condition.Rewritten rewritten, byte[] message) {
    int text = end(message, HEAD) + 1;
    int types = end(message, text) + 1;
    String sql = new String(message, text, types - 1 - text, StandardCharsets.UTF_8);
    var matcher = rewritten.part().matcher(sql);
    if (!matcher.find()) {
      return message;
    }
    rewritten.count().incrementAndGet();
    byte[] changed = matcher.replaceAll(rewritten.by()).getBytes(StandardCharsets.UTF_8);
    int length = message.length - (types - 1 - text) + changed.length;
    return ByteBuffer.allocate(length)
        .put((byte) PARSE)
        .putInt(length - 1)
        .put(message, HEAD, text - HEAD)
        .put(changed)
        .put(message, types - 1, message.length - types + 1)
        .array();
  }

  private static int end(byte[] message, int from) {
    int at = from;
    while (message[at] != 0) {
      at++;
    }
    return at;
  }
}

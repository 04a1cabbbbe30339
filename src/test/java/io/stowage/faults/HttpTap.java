package io.stowage.faults;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes exchanges of what goes over one connection of HTTP 1.1, where one follows the other. */
final class HttpTap implements Tap {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final LongSupplier now;
  private final Consumer<Exchange> heard;
  private final ByteArrayOutputStream request = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private long invoked;

  HttpTap(LongSupplier now, Consumer<Exchange> heard) {
    this.now = now;
    this.heard = heard;
  }

  @Override
  public synchronized void asked(byte[] bytes, int length) {
    if (request.size() == 0) {
      invoked = now.getAsLong();
    }
    request.write(bytes, 0, length);
  }

  @Override
  public synchronized void answered(byte[] bytes, int length) {
    answer.write(bytes, 0, length);
    String text = answer.toString(StandardCharsets.UTF_8);
    int head = text.indexOf(END_OF_HEAD);
    if (head >= 0 && isWhole(text.substring(0, head), head + END_OF_HEAD.length())) {
      int status = Integer.parseInt(text.substring(9, 12));
      tell(status, text.substring(head + END_OF_HEAD.length()));
    }
  }

  private boolean isWhole(String head, int headLength) {
    String length = header(head, "content-length");
    if (length != null) {
      return answer.size() >= headLength + Integer.parseInt(length);
    }
    return header(head, "transfer-encoding") == null
        || answer.toString(StandardCharsets.UTF_8).endsWith("0" + END_OF_HEAD);
  }

  private static @Nullable String header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse(null);
  }

  @Override
  public synchronized void closed() {
    if (request.size() > 0) {
      tell(-1, "");
    }
  }

  private void tell(int status, String body) {
    String text = request.toString(StandardCharsets.UTF_8);
    int head = text.indexOf(END_OF_HEAD);
    String[] line = text.split(" ", 3);
    request.reset();
    answer.reset();
    if (head >= 0 && line.length == 3) {
      String asked = text.substring(head + END_OF_HEAD.length());
      heard.accept(new Exchange(line[0], line[1], asked, status, body, invoked, now.getAsLong()));
    }
  }
}

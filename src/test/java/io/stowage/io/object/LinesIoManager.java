package io.stowage.io.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputContext;
import io.stowage.api.OutputContext;
import io.stowage.api.StowageException;
import io.stowage.store.ObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The smallest format: a line for each text. The line {@code poison} can neither be written nor
 * read.
 */
final class LinesIoManager extends ObjectIoManager {
  final AtomicInteger closed = new AtomicInteger();

  LinesIoManager(ObjectStore store, ObjectIoSettings settings) {
    super(store, settings, new ObjectFormat("txt", "text/plain"));
  }

  @Override
  protected Written write(OutputContext context, @Nullable Object value, OutputStream bytes)
      throws IOException {
    if (value instanceof String text) {
      bytes.write(text.getBytes(UTF_8));
      return Written.datum();
    }
    RowCount rows = RowCount.of(context, Objects.requireNonNull(value));
    while (rows.hasNext()) {
      bytes.write((refusePoison(String.valueOf(rows.next())) + "\n").getBytes(UTF_8));
    }
    return Written.rows(rows.count())
        .schema("f00d", Map.of("line", "string"))
        .with("codec", "none");
  }

  @Override
  protected Object read(InputContext context, Type type, InputStream bytes) throws IOException {
    if (type == String.class) {
      return new String(bytes.readAllBytes(), UTF_8);
    }
    Stream<String> lines =
        new BufferedReader(new InputStreamReader(bytes, UTF_8))
            .lines()
            .map(LinesIoManager::refusePoison)
            .onClose(closed::incrementAndGet);
    return InputShape.raw(type) == Stream.class ? lines : lines.toList();
  }

  private static String refusePoison(String line) {
    if (line.equals("poison")) {
      throw new StowageException(ErrorCode.TYPE_MISMATCH, "a line is poison");
    }
    return line;
  }
}

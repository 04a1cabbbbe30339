package io.stowage.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.protocol.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes rows to a file that others read, as they come. */
record RowFile(String name, Format format) {
  private static final long BETWEEN_LOOKS = 1024;
  private static final ObjectMapper JSON =
      Json.configure(new ObjectMapper())
          .setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  enum Format {
    CSV,
    JSONL;

    static Format of(String name) {
      return name.toLowerCase(Locale.ROOT).endsWith(".csv") ? CSV : JSONL;
    }
  }

  static String text(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH, "a value cannot be shown as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The file is there when it is whole. */
  void write(Stream<Map<String, @Nullable Object>> rows, PrintWriter terminal) {
    try {
      if (name.equals("-")) {
        write(rows, (Writer) terminal);
        terminal.flush();
        return;
      }
      Path file = Path.of(name).toAbsolutePath();
      Path part = Files.createTempFile(file.getParent(), ".stowage-", ".part");
      try {
        try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
          write(rows, out);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new StowageException(
          ErrorCode.INVALID_REQUEST, "cannot write '" + name + "': " + e.getMessage(), e);
    }
  }

  private void write(Stream<Map<String, @Nullable Object>> rows, Writer out) throws IOException {
    List<String> header = new ArrayList<>();
    var each = rows.iterator();
    long written = 0;
    while (each.hasNext()) {
      if (++written % BETWEEN_LOOKS == 0
          && out instanceof PrintWriter terminal
          && terminal.checkError()) {
        return; // who read them has gone
      }
      Map<String, @Nullable Object> row = each.next();
      switch (format) {
        case JSONL -> out.append(text(row)).append('\n');
        case CSV -> {
          if (header.isEmpty()) {
            header.addAll(row.keySet());
            line(header, out);
          }
          line(header.stream().map(row::get).toList(), out);
        }
      }
    }
  }

  private static void line(List<? extends @Nullable Object> fields, Writer out) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      out.append(i == 0 ? "" : ",").append(field(fields.get(i)));
    }
    out.append("\r\n");
  }

  /** Nothing is null, and quotes with nothing in them an empty text. */
  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = cell(value);
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0);
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** A value in one cell: what consists of several is JSON. */
  static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> map -> text(map);
      case Collection<?> list -> text(list);
      case byte[] bytes -> java.util.Base64.getEncoder().encodeToString(bytes);
      case java.math.BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }
}

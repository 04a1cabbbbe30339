package io.stowage.io.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file below its header. Lines that are empty are passed over, but of a single
 * column, where one is a row without a value.
 */
final class CsvFile implements Iterator<CsvRow> {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CsvRowHandler handler = new CsvRowHandler();
  private final LastCharacter text;
  private final Iterator<CsvRow> rows;
  private final List<String> header;
  private @Nullable CsvRow next;

  /**
   * @throws StowageException {@code BAD_DATA} where there is no header
   */
  CsvFile(InputStream bytes, char separator) {
    this.text = new LastCharacter(reader(bytes));
    this.rows =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(false)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .build(handler, text)
            .iterator();
    CsvRow first = read();
    while (first != null && first.isBlank()) {
      first = read();
    }
    if (first == null) {
      throw new StowageException(ErrorCode.BAD_DATA, "the file is empty: it has no header");
    }
    this.header =
        first.fields().stream().map(name -> Objects.requireNonNullElse(name, "").strip()).toList();
  }

  /** Without the mark that some tools begin a file with. */
  private static Reader reader(InputStream bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder(); // which replaces nothing that it cannot read
    var reader = new BufferedReader(new InputStreamReader(bytes, decoder));
    try {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      throw unreadable(new UncheckedIOException(e));
    }
  }

  private @Nullable CsvRow read() {
    try {
      if (rows.hasNext()) {
        return rows.next();
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw unreadable(e);
    }
    if (handler.endsQuoted() && text.last() != '"') {
      throw new StowageException(
          ErrorCode.BAD_DATA,
          "not CSV: a quote in the row of line %d is never closed".formatted(handler.line()));
    }
    return null;
  }

  private static RuntimeException unreadable(RuntimeException e) {
    return switch (e.getCause()) {
      case StowageException store -> store;
      case CharacterCodingException _ ->
          new StowageException(ErrorCode.BAD_DATA, "not UTF-8: " + e.getMessage(), e);
      case IOException _ -> e;
      case null -> new StowageException(ErrorCode.BAD_DATA, "not CSV: " + e.getMessage(), e);
      case Throwable reason ->
          new StowageException(
              ErrorCode.BAD_DATA, "not CSV: " + e.getMessage() + ": " + reason.getMessage(), e);
    };
  }

  List<String> header() {
    return header;
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      CsvRow row = read();
      if (row == null) {
        return false;
      }
      if (!row.isBlank() || header.size() == 1) {
        next = row;
      }
    }
    return true;
  }

  @Override
  public CsvRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    CsvRow row = Objects.requireNonNull(next);
    next = null;
    return row;
  }
}

package io.stowage.io.csv.rows;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a CSV file as they are pulled. For one thread.
 *
 * <p>Of a record, the first line names the columns: a component's own name, then its aliases, then
 * either without regard to case, underscores, hyphens and blanks. Further columns are skipped; one
 * that is missing is an error, unless its component may be null. An empty cell is null or the empty
 * {@code Optional}, else an empty text, else an error. An empty text in quotes is a text. Blank
 * lines are skipped, where there is more than one column. A byte order mark is skipped.
 *
 * <p>What cannot be read is {@code BAD_DATA}, with line and column; a failure of the stream is an
 * {@code UncheckedIOException}, or what the stream throws.
 */
public final class CsvRowReader implements Iterator<Object>, AutoCloseable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CsvFormat format;
  private final CloseableIterator<CsvLine> lines;
  private final LineReader rows;
  private long lastLine;
  private @Nullable CsvLine next;

  private CsvRowReader(CsvFormat format, CloseableIterator<CsvLine> lines, RowShape shape) {
    this.format = format;
    this.lines = lines;
    this.rows =
        switch (shape) {
          case RowShape.Components components -> ComponentsReader.of(components, header(shape));
          case RowShape.Named() -> new NamedReader(header(shape));
          case RowShape.Plain() -> new PlainReader();
        };
  }

  /**
   * Reads the header.
   *
   * @param in closed with the reader; where opening fails, left to the caller
   * @param element a record, {@code Map<String, String>} or {@code List<String>}
   * @throws StowageException {@code TYPE_MISMATCH} where the type cannot be a row; {@code BAD_DATA}
   *     where a column is missing, or there is no header
   */
  public static CsvRowReader open(InputStream in, Type element, CsvFormat format) {
    RowShape shape = RowShape.of(element);
    CloseableIterator<CsvLine> lines =
        CsvReader.builder()
            .fieldSeparator(format.separator())
            .skipEmptyLines(false)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .build(new CsvLines(), text(in, format))
            .iterator();
    return new CsvRowReader(format, lines, shape);
  }

  private static Reader text(InputStream in, CsvFormat format) {
    var decoder =
        format
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var reader = new PushbackReader(new InputStreamReader(in, decoder));
    try {
      int first = reader.read();
      if (first >= 0 && first != BYTE_ORDER_MARK) {
        reader.unread(first);
      }
      return reader;
    } catch (CharacterCodingException e) {
      throw notText(format, 1, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CsvLine header(RowShape shape) {
    CsvLine line = readLine();
    while (line != null && line.isBlank()) {
      line = readLine();
    }
    if (line != null) {
      return line;
    }
    if (shape instanceof RowShape.Named) {
      return new CsvLine(1, new @Nullable String[0]);
    }
    throw new StowageException(
        ErrorCode.BAD_DATA, "the file is empty: there is no line with the columns' names");
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      CsvLine line = readLine();
      if (line == null) {
        return false;
      }
      if (!line.isBlank() || rows.columns() == 1) {
        next = line;
      }
    }
    return true;
  }

  @Override
  public Object next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    CsvLine line = next;
    next = null;
    return rows.read(line);
  }

  private @Nullable CsvLine readLine() {
    try {
      if (!lines.hasNext()) {
        return null;
      }
      CsvLine line = lines.next();
      lastLine = line.number();
      return line;
    } catch (CsvParseException e) {
      String reason =
          e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause().getMessage();
      throw new StowageException(
          ErrorCode.BAD_DATA, "after line %d: %s".formatted(lastLine, reason), e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw notText(format, lastLine, e);
      }
      throw e;
    }
  }

  private static StowageException notText(CsvFormat format, long line, Exception e) {
    return new StowageException(
        ErrorCode.BAD_DATA,
        "the file is not %s: its bytes soon after line %d are no text; set the charset that it was written in"
            .formatted(format.charset().name(), line),
        e);
  }

  /** Closes the stream. */
  @Override
  public void close() throws IOException {
    lines.close();
  }
}

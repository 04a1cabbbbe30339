package io.stowage.io.csv.rows;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as CSV, as they come. For one thread. Records are preceded by their components'
 * names, maps by the first one's keys; lists stand as they are. Null and the empty {@code Optional}
 * are an empty cell, an empty text is {@code ""}.
 *
 * <p>After a failure the file must be thrown away.
 */
public final class CsvRowWriter implements AutoCloseable {
  /** So that an empty text is told from null. */
  private static final QuoteStrategy EMPTY_TEXTS =
      new QuoteStrategy() {
        @Override
        public boolean quoteEmpty(int line, int column) {
          return true;
        }
      };

  private final CsvFormat format;
  private final CsvWriter csv;
  private final RowWriter writer;
  private long rows;

  private CsvRowWriter(CsvFormat format, CsvWriter csv, RowWriter writer) {
    this.format = format;
    this.csv = csv;
    this.writer = writer;
  }

  /**
   * Writes the header, where it is known.
   *
   * @param out closed with the writer
   * @param element a record, {@code Map<String, String>} or {@code List<String>}
   * @throws StowageException {@code TYPE_MISMATCH} where the type cannot be a row
   */
  public static CsvRowWriter open(OutputStream out, Type element, CsvFormat format)
      throws IOException {
    RowWriter rows = new RowWriter(RowShape.of(element));
    var encoder =
        format
            .charset()
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CsvWriter csv =
        CsvWriter.builder()
            .fieldSeparator(format.separator())
            .quoteStrategy(EMPTY_TEXTS)
            .build(new OutputStreamWriter(out, encoder));
    var writer = new CsvRowWriter(format, csv, rows);
    writer.write(rows.columns());
    return writer;
  }

  /**
   * Adds a row.
   *
   * @throws StowageException {@code TYPE_MISMATCH} naming the record by its number (from 1), the
   *     column and the reason
   */
  public void append(@Nullable Object row) throws IOException {
    try {
      boolean known = !writer.columns().isEmpty();
      List<@Nullable String> cells = writer.cells(row);
      if (!known) {
        write(writer.columns());
      }
      write(cells);
    } catch (IllegalArgumentException e) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "record %d cannot be stored as CSV: %s".formatted(rows + 1, e.getMessage()),
          e);
    }
    rows++;
  }

  private void write(List<? extends @Nullable String> cells) throws IOException {
    if (cells.isEmpty()) {
      return;
    }
    try {
      csv.writeRecord(cells.toArray(new String[0]));
    } catch (UncheckedIOException e) {
      throw translated(e, e.getCause());
    }
  }

  private IOException translated(Exception e, @Nullable Throwable cause) {
    if (cause instanceof CharacterCodingException) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "record %d or one before it has a character that %s cannot say"
              .formatted(rows + 1, format.charset().name()),
          e);
    }
    return cause instanceof IOException known ? known : new IOException(e);
  }

  /** How many rows were added, the header not counted. */
  public long rows() {
    return rows;
  }

  /** The names of the columns; empty where they are not known, or not yet. */
  public List<String> columns() {
    return writer.columns();
  }

  /** Writes what is left, and closes the stream. */
  @Override
  public void close() throws IOException {
    try {
      csv.close();
    } catch (UncheckedIOException e) {
      throw translated(e, e.getCause());
    } catch (CharacterCodingException e) {
      throw translated(e, e);
    }
  }
}

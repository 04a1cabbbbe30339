package io.stowage.io.parquet;

import dev.hardwood.Hardwood;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.io.record.RecordShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/** The rows of one file as records, as they are pulled. Close it on every path. */
final class ParquetRows implements Iterator<Object>, AutoCloseable {
  private final InputFile file;
  private final ParquetFileReader reader;
  private final RowReader rows;
  private final RecordBinding binding;
  private long row;

  private ParquetRows(
      InputFile file, ParquetFileReader reader, RowReader rows, RecordBinding binding) {
    this.file = file;
    this.reader = reader;
    this.rows = rows;
    this.binding = binding;
  }

  /**
   * @param file closed with the rows, and where they cannot be opened
   * @throws StowageException {@code BAD_DATA} where it is no Parquet, or has other columns
   */
  static ParquetRows open(Hardwood parquet, InputFile file, Class<?> record) throws IOException {
    ParquetFileReader reader = null;
    try {
      reader = parquet.open(file);
      var binding =
          RecordBinding.of(RecordShape.of(record), reader.getFileSchema().getRootNode().children());
      var projection = ColumnProjection.columns(binding.columns().toArray(String[]::new));
      var rows = reader.buildRowReader().projection(projection).build();
      return new ParquetRows(file, reader, rows, binding);
    } catch (IOException | RuntimeException e) {
      if (reader != null) {
        reader.close();
      }
      file.close();
      throw e instanceof StowageException known ? known : unreadable(e);
    }
  }

  private static StowageException unreadable(Exception e) {
    return new StowageException(
        ErrorCode.BAD_DATA, "it cannot be read as Parquet: " + e.getMessage(), e);
  }

  long count() {
    return reader.getFileMetaData().numRows();
  }

  int columnsRead() {
    return binding.columns().size();
  }

  int columnsInFile() {
    return reader.getFileSchema().getRootNode().children().size();
  }

  @Override
  public boolean hasNext() {
    try {
      return rows.hasNext();
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  @Override
  public Object next() {
    row++;
    try {
      rows.next();
      return binding.record(rows);
    } catch (BadValue e) {
      throw new StowageException(ErrorCode.BAD_DATA, "row " + row + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try (file) {
      rows.close();
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a temporary file", e);
    }
  }
}

package io.stowage.io.csv.rows;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What a CSV file looks like. Fields are quoted by {@code "} where they must be.
 *
 * @param charset read strictly: bytes that are no text are an error
 */
public record CsvFormat(char separator, Charset charset) {
  /** Commas and UTF-8. */
  public static final CsvFormat DEFAULT = new CsvFormat(',', StandardCharsets.UTF_8);

  public CsvFormat {
    if (separator == '"'
        || separator == '\r'
        || separator == '\n'
        || Character.isLetterOrDigit(separator)) {
      throw new StowageException(
          ErrorCode.INVALID_CONFIGURATION,
          "the separator cannot be a quote, a line's end, a letter or a digit: use a comma, a semicolon or a tab");
    }
  }
}

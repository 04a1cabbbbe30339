package io.stowage.protocol;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a value.
 *
 * @param rows the first so many
 */
public record PreviewOptions(int rows) {
  private static final String ROWS = "rows";
  private static final PreviewOptions USUAL = new PreviewOptions(20);

  public PreviewOptions {
    if (rows < 1 || rows > Preview.MOST_ROWS) {
      throw refused(rows);
    }
  }

  /**
   * @throws StowageException {@code UNKNOWN_SETTING} or {@code INVALID_REQUEST}, naming the option
   */
  public static PreviewOptions of(Map<String, ? extends @Nullable Object> given) {
    for (String name : given.keySet()) {
      if (!name.equals(ROWS)) {
        throw new StowageException(
            ErrorCode.UNKNOWN_SETTING, "a preview has the option 'rows' alone, not '" + name + "'");
      }
    }
    Object rows = given.get(ROWS);
    return rows == null ? USUAL : new PreviewOptions(number(rows));
  }

  private static int number(Object rows) {
    String text = String.valueOf(rows);
    if (!text.matches("\\d{1,9}")) {
      throw refused(rows);
    }
    return Integer.parseInt(text);
  }

  private static StowageException refused(Object rows) {
    return new StowageException(
        ErrorCode.INVALID_REQUEST,
        "option 'rows' of a preview is '" + rows + "', not 1 to " + Preview.MOST_ROWS);
  }

  /** As a run keeps it. */
  public Map<String, String> toData() {
    return Map.of(ROWS, Integer.toString(rows));
  }
}

package io.stowage.protocol;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of what is stored, as text for people.
 *
 * @param partition empty where the asset has none
 * @param materialization that was read; null where it is not known
 * @param rows each as many cells as there are columns; null is null
 * @param more whether there are further rows
 * @param shortened whether cells, columns or rows were left out to keep it small
 */
public record Preview(
    UUID runId,
    String asset,
    String partition,
    @Nullable UUID materialization,
    List<Column> columns,
    List<List<@Nullable String>> rows,
    boolean more,
    boolean shortened) {
  /** Rows that may be asked for. */
  public static final int MOST_ROWS = 100;

  public static final int MOST_COLUMNS = 60;

  /** Characters of one cell. */
  public static final int LONGEST_CELL = 300;

  /** Characters of all cells. */
  public static final int MOST_TEXT = 200_000;

  /**
   * A column.
   *
   * @param number whether all that is shown of it are numbers
   */
  public record Column(String name, boolean number) {}

  public Preview {
    Required.present("run_id", runId);
    Required.present("asset", asset);
    Required.present("partition", partition);
    Required.whole("columns", columns);
    Required.whole("rows", rows);
    Required.between("rows", rows.size(), 0, MOST_ROWS);
    Required.between("columns", columns.size(), 0, MOST_COLUMNS);
    long text = 0;
    for (Column column : columns) {
      text += column.name().length();
    }
    for (List<@Nullable String> row : rows) {
      Required.between("cells", row.size(), columns.size(), columns.size());
      for (String cell : row) {
        text += cell == null ? 0 : cell.length();
      }
    }
    Required.between("characters", text, 0, MOST_TEXT);
  }
}

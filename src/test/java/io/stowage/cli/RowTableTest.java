package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("C64")
class RowTableTest {
  private static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return row;
  }

  private static List<String> printed(List<Map<String, @Nullable Object>> rows) {
    var text = new StringWriter();
    new RowTable(rows).print(new PrintWriter(text));
    return text.toString().lines().toList();
  }

  @Test
  void alignsNumbersToTheRightAndTextsToTheLeft() {
    assertThat(printed(List.of(row("city", "Basel", "rain", 7), row("city", "Chur", "rain", null))))
        .containsExactly("city   rain", "Basel     7", "Chur      -");
    assertThat(printed(List.of())).containsExactly("(no rows)");
  }

  @Test
  void fitsIntoTheTerminal() {
    var wide = row("short", "x", "long", "y".repeat(200), "nested", Map.of("a", List.of(1)));
    assertThat(printed(List.of(wide)))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
        .anySatisfy(line -> assertThat(line).contains("…").contains("{\"a\":[1]}"));

    var many = new ArrayList<@Nullable Object>();
    for (int i = 0; i < 30; i++) {
      many.add("column" + i);
      many.add("text\nof " + i);
    }
    var lines = printed(List.of(row(many.toArray())));
    assertThat(lines.get(0)).hasSizeLessThanOrEqualTo(80);
    assertThat(lines.get(1)).hasSizeLessThanOrEqualTo(80);
    assertThat(lines.getLast()).contains("no room for", "column29", "--json");
  }

  @Test
  void writesCsvThatTellsNullFromNothing(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rows.csv");
    var rows =
        Stream.of(
            row("a", "x,\"y\"", "b", null, "c", new BigDecimal("1E+3")),
            row("a", "", "b", Instant.EPOCH, "c", List.of(1, 2)));

    new RowFile(file.toString(), RowFile.Format.of("rows.CSV"))
        .write(rows, new PrintWriter(Writer.nullWriter()));

    assertThat(Files.readString(file))
        .isEqualTo("a,b,c\r\n\"x,\"\"y\"\"\",,1000\r\n\"\",1970-01-01T00:00:00Z,\"[1,2]\"\r\n");
  }

  @Test
  void writesJsonLinesWithNulls() {
    var text = new StringWriter();
    new RowFile("-", RowFile.Format.of("-"))
        .write(
            Stream.of(row("when", Instant.EPOCH, "nothing", null, "n", new BigDecimal("1E+3"))),
            new PrintWriter(text));

    assertThat(text.toString())
        .isEqualTo("{\"when\":\"1970-01-01T00:00:00Z\",\"nothing\":null,\"n\":1000}\n");
  }

  @Test
  void leavesNothingOfAFileThatIsNotWhole(@TempDir Path folder) {
    var broken =
        Stream.of(1, 2)
            .map(
                i -> {
                  if (i == 2) {
                    throw new IllegalStateException("torn");
                  }
                  return row("i", i);
                });
    var file = new RowFile(folder.resolve("rows.jsonl").toString(), RowFile.Format.JSONL);

    assertThatThrownBy(() -> file.write(broken, new PrintWriter(Writer.nullWriter())))
        .hasMessage("torn");
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(
            () ->
                new RowFile(folder.resolve("no/such/file").toString(), RowFile.Format.CSV)
                    .write(Stream.of(), new PrintWriter(Writer.nullWriter())))
        .hasMessageContaining("cannot write");
  }
}

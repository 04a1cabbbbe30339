package io.stowage.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A part of a test's source, between {@code // docs: name} and {@code // end}. */
final class Region {
  private static final Path TESTS = Path.of("src/test/java");

  private Region() {}

  /**
   * @param named {@code FirstAssetTest#group}
   */
  static String text(String named) throws IOException {
    String[] parts = named.split("#", 2);
    Path file;
    try (var files = Files.walk(TESTS)) {
      file =
          files
              .filter(each -> each.endsWith(parts[0] + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("there is no test source " + parts[0]));
    }
    var lines = new ArrayList<String>();
    boolean within = false;
    for (String line : Files.readAllLines(file)) {
      if (line.strip().equals("// docs: " + parts[1])) {
        within = true;
      } else if (within && line.strip().equals("// end")) {
        return dedented(lines);
      } else if (within) {
        lines.add(line);
      }
    }
    throw new AssertionError(file + " has no region '// docs: " + parts[1] + "'");
  }

  private static String dedented(List<String> lines) {
    int indent =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return String.join(
            "\n", lines.stream().map(line -> line.isBlank() ? "" : line.substring(indent)).toList())
        .strip();
  }
}

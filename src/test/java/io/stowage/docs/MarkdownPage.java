package io.stowage.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation as its source. */
record MarkdownPage(Path file, List<String> lines) {
  private static final Path FOLDER = Path.of("src/main/docs");
  private static final String FENCE = "```";

  /**
   * A fenced block.
   *
   * @param line of its first fence, from 0
   * @param info what stands behind the language
   */
  record Block(MarkdownPage page, int line, String language, String info, String text) {
    @Override
    public String toString() {
      return page.file().getFileName() + ":" + (line + 1);
    }
  }

  /** A table of settings, between two lines that readers do not see. */
  record Settings(MarkdownPage page, int line, String type, String prefix, String table) {
    @Override
    public String toString() {
      return page.file().getFileName() + ":" + (line + 1) + " " + type;
    }
  }

  private static final Pattern SETTINGS =
      Pattern.compile("\\[//\\]: # \\(settings (\\S+) (\\S+)\\)");
  private static final String END = "[//]: # (end)";

  static List<MarkdownPage> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      var pages = new ArrayList<MarkdownPage>();
      for (Path file : files.filter(each -> each.toString().endsWith(".md")).sorted().toList()) {
        pages.add(new MarkdownPage(file, Files.readAllLines(file)));
      }
      return pages;
    }
  }

  static MarkdownPage readme() throws IOException {
    Path file = Path.of("README.md");
    return new MarkdownPage(file, Files.readAllLines(file));
  }

  String name() {
    return file.getFileName().toString();
  }

  List<Block> blocks() {
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        String[] said = (lines.get(i).substring(FENCE.length()) + " ").split(" ", 2);
        int from = i;
        do {
          i++;
        } while (!lines.get(i).equals(FENCE));
        blocks.add(
            new Block(
                this,
                from,
                said[0],
                said[1].strip(),
                String.join("\n", lines.subList(from + 1, i))));
      }
    }
    return blocks;
  }

  static List<Block> blocks(String language) throws IOException {
    return all().stream()
        .flatMap(page -> page.blocks().stream())
        .filter(block -> block.language().equals(language))
        .toList();
  }

  List<Settings> settings() {
    var found = new ArrayList<Settings>();
    for (int i = 0; i < lines.size(); i++) {
      var said = SETTINGS.matcher(lines.get(i));
      if (said.matches()) {
        int end = lines.subList(i, lines.size()).indexOf(END) + i;
        String table = String.join("\n", lines.subList(i + 1, end)).strip();
        found.add(new Settings(this, i, said.group(1), said.group(2), table));
      }
    }
    return found;
  }

  /** What stands outside of blocks. */
  String prose() {
    var prose = new ArrayList<String>();
    boolean fenced = false;
    for (String line : lines) {
      fenced ^= line.startsWith(FENCE);
      if (!fenced) {
        prose.add(line);
      }
    }
    return String.join("\n", prose);
  }

  /** The page with its regions and tables as they are in the code now. */
  void write() throws IOException {
    var written = new ArrayList<String>();
    int i = 0;
    while (i < lines.size()) {
      String line = lines.get(i++);
      written.add(line);
      var settings = SETTINGS.matcher(line);
      if (line.startsWith("```java ")) {
        i += lines.subList(i, lines.size()).indexOf(FENCE);
        written.addAll(Region.text(line.substring("```java ".length())).lines().toList());
        written.add(lines.get(i++));
      } else if (settings.matches()) {
        i += lines.subList(i, lines.size()).indexOf(END);
        written.add("");
        written.addAll(SettingsTable.of(settings.group(1), settings.group(2)).lines().toList());
        written.add("");
      } else if (line.startsWith(FENCE)) {
        int end = i + lines.subList(i, lines.size()).indexOf(FENCE);
        written.addAll(lines.subList(i, end + 1));
        i = end + 1;
      }
    }
    Files.write(file, written);
  }
}

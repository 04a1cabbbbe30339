package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documentation and README say to type is understood by the command line. */
class DocumentedCommandsTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("src/main/docs"))) {
      return Stream.concat(docs.sorted(), Stream.of(Path.of("README.md"))).toList();
    }
  }

  /** Each command of a page's blocks of shell that is ours. */
  private static List<String> commands(Path page) throws IOException {
    var commands = new ArrayList<String>();
    boolean shell = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        shell = line.equals("```sh");
      } else if (shell) {
        for (String part : line.replaceFirst("\\s#.*$", "").split("&&|;|&\\s*$")) {
          if (part.strip().matches("stowage( .*)?")) {
            commands.add(part.strip());
          }
        }
      }
    }
    return commands;
  }

  private static String[] arguments(String command) {
    var words = new ArrayList<String>();
    var found = WORD.matcher(command);
    while (found.find()) {
      words.add(
          Stream.of(1, 2, 3).map(found::group).filter(each -> each != null).findFirst().get());
    }
    return words.subList(1, words.size()).toArray(String[]::new);
  }

  @Test
  void eachCommandIsOneOfOurs() throws IOException {
    int seen = 0;
    for (Path page : pages()) {
      for (String command : commands(page)) {
        seen++;
        assertThatCode(() -> Main.commandLine().parseArgs(arguments(command)))
            .as("%s: %s", page.getFileName(), command)
            .doesNotThrowAnyException();
      }
    }
    assertThat(seen).isGreaterThan(30);
  }
}

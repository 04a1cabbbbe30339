package io.stowage.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a text says is there is there. */
class NamedPathsTest {
  private static final Pattern OURS =
      Pattern.compile("(?<![\\w/.-])(?:deploy|src|\\.ci)/[\\w./-]*[\\w]");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

  static Stream<Path> texts() throws IOException {
    return Stream.of(
            Stream.of(Path.of("README.md")),
            files("src/main/docs"),
            files("deploy").filter(file -> !file.startsWith("deploy/template")),
            files(".ci"))
        .flatMap(each -> each);
  }

  private static Stream<Path> files(String folder) throws IOException {
    return Files.walk(Path.of(folder)).filter(Files::isRegularFile);
  }

  private static Stream<String> found(Pattern pattern, Path text, int group) throws IOException {
    return pattern.matcher(Files.readString(text)).results().map(each -> group(each, group));
  }

  private static String group(MatchResult found, int group) {
    return found.group(group);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void eachPathOfOursThatATextNamesIsThere(Path text) throws IOException {
    assertThat(found(OURS, text, 0)).allSatisfy(path -> assertThat(Path.of(path)).exists());
  }

  @Test
  void theReadmeNamesWhatLiesInDeploy() throws IOException {
    var named = found(OURS, Path.of("README.md"), 0).collect(Collectors.toSet());
    try (var folders = Files.list(Path.of("deploy"))) {
      assertThat(folders)
          .allSatisfy(
              each ->
                  assertThat(named)
                      .as(each.toString())
                      .anyMatch(name -> Path.of(name).startsWith(each)));
    }
  }

  @Test
  void eachTestThatAPromiseNamesIsThere() throws IOException {
    var tests =
        files("src/test/java")
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
    var named =
        files("src/main/docs")
            .flatMap(
                text -> {
                  try {
                    return found(TEST, text, 1);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .toList();
    assertThat(named).hasSizeGreaterThan(10);
    assertThat(tests).containsAll(named);
  }
}

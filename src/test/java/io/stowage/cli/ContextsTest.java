package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.StowageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {
  private static final List<String> SETTINGS =
      List.of("stowage.control.url", "stowage.control.token-file", "stowage.control.token");

  @TempDir Path folder;

  @AfterEach
  void choosesNothingAnyMore() {
    SETTINGS.forEach(System::clearProperty);
  }

  private Contexts contexts(String... lines) throws IOException {
    return Contexts.read(
        Files.writeString(folder.resolve("contexts.properties"), String.join("\n", lines)));
  }

  private static List<String> chosen() {
    return SETTINGS.stream().map(System::getProperty).toList();
  }

  @Test
  void choosesUrlAndTokenOfAName() throws IOException {
    var contexts =
        contexts(
            "# those of the office",
            "",
            "prod.url = https://stowage.example",
            "prod.token-file=prod.token",
            "local.url=http://127.0.0.1:8080");
    contexts.choose("prod");
    assertThat(chosen())
        .as("a token that is set elsewhere is not for this one")
        .containsExactly("https://stowage.example", folder.resolve("prod.token").toString(), "");
    contexts.choose("local");
    assertThat(chosen()).containsExactly("http://127.0.0.1:8080", "", "");
  }

  @Test
  void findsTokensBelowTheHomeFolder() throws IOException {
    contexts("prod.url=https://stowage.example", "prod.token-file=~/prod.token").choose("prod");
    assertThat(chosen().get(1)).isEqualTo(System.getProperty("user.home") + "/prod.token");
  }

  @Test
  void namesTheLineThatIsWrong() {
    assertThatThrownBy(() -> contexts("prod.url=https://a", "prod.ulr=https://b"))
        .isInstanceOf(StowageException.class)
        .hasMessageContaining("contexts.properties' line 2: 'prod.ulr=https://b'")
        .hasMessageContaining("token-file");
    assertThatThrownBy(() -> contexts("prod.url"))
        .hasMessageContaining("contexts.properties' line 1");
  }

  @Test
  void saysWhichContextsThereAre() throws IOException {
    var contexts = contexts("prod.token-file=a", "odd.url=ftp://a");
    assertThatThrownBy(() -> contexts.choose("test"))
        .hasMessageContaining("no context 'test'")
        .hasMessageContaining("[odd, prod]");
    assertThatThrownBy(() -> contexts.choose("prod")).hasMessageContaining("'prod'", "no url");
    assertThatThrownBy(() -> contexts.choose("odd")).hasMessageContaining("odd.url", "ftp://a");
    assertThatThrownBy(() -> Contexts.read(folder.resolve("none")))
        .hasMessageContaining("cannot read the contexts")
        .hasMessageContaining("none");
  }
}

package io.stowage.control.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFolderTest {
  private static final String OLD = "the-old-token-of-alice";
  private static final String NEW = "the-new-token-of-alice";
  private static final String THIRD = "the-third-token-of-alice";

  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();

  private TokenFolder tokens() {
    return new TokenFolder(folder, nanos::get);
  }

  private void write(String role, String... lines) throws IOException {
    Files.write(folder.resolve(role), java.util.List.of(lines));
  }

  private static Optional<Principal> find(Tokens tokens, String token, String wanted) {
    return Token.find(tokens.valid(), token, wanted);
  }

  @Test
  void aTokenStandsForItsNameAndRole() throws IOException {
    write("submit", "# people", "", "alice  " + OLD);
    write("work", "the-workers-own-token");
    assertThat(find(tokens(), OLD, "submit")).contains(new Principal("alice", "submit"));
    assertThat(find(tokens(), "the-workers-own-token", "work"))
        .contains(new Principal("work", "work"));
    assertThat(find(tokens(), "somebody-elses-token", "work")).isEmpty();
  }

  @Test
  void twoTokensOfANameAreValidAtOnceAndNotThree() throws IOException {
    write("submit", "alice " + OLD, "alice " + NEW);
    var tokens = tokens();
    assertThat(find(tokens, OLD, "submit")).isEqualTo(find(tokens, NEW, "submit")).isPresent();
    write("submit", "alice " + OLD, "alice " + NEW, "alice " + THIRD);
    assertThatThrownBy(this::tokens)
        .hasMessageContaining("submit' line 3 is a third token of 'alice'")
        .hasMessageNotContaining(THIRD);
  }

  @Test
  void aReplacedTokenIsRefusedWithinASecond() throws IOException {
    write("submit", "alice " + OLD);
    var tokens = tokens();
    write("submit", "alice " + NEW, "bob the-first-token-of-bob");
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(find(tokens, OLD, "submit")).as("not looked for yet").isPresent();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(find(tokens, OLD, "submit")).isEmpty();
    assertThat(find(tokens, NEW, "submit")).isPresent();
  }

  @Test
  void aMistakeInAChangedFileLocksNobodyOut() throws IOException {
    write("submit", "alice " + OLD);
    var tokens = tokens();
    write("submit", "alice short");
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(find(tokens, OLD, "submit")).isPresent();
  }

  @Test
  void refusesToStartWithATokenThatCanBeGuessedOrNoneAtAll() throws IOException {
    assertThatThrownBy(this::tokens).hasMessageContaining("has no tokens");
    write("read", "short");
    assertThatThrownBy(this::tokens)
        .hasMessageContaining("read' line 1 has a token of less than 16 characters")
        .hasMessageNotContaining("short");
    write("read", "one two three-words-of-a-line");
    assertThatThrownBy(this::tokens).hasMessageContaining("neither a token nor a name and a token");
  }

  @Test
  void ofOneTokenInTwoRolesTheOneThatMayIsTaken() throws IOException {
    write("read", OLD);
    write("operate", OLD);
    assertThat(find(tokens(), OLD, "operate").orElseThrow().role()).isEqualTo("operate");
    assertThat(find(tokens(), OLD, "read").orElseThrow().may("read")).isTrue();
  }

  @Test
  void theTokenItselfIsNotShown() {
    assertThat(Token.of(new Principal("alice", "submit"), OLD)).asString().doesNotContain(OLD);
  }
}

package io.stowage.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrowserSessionTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final List<Token> VALID =
      List.of(
          Token.of(new Principal("ann", "read"), "of-ann"),
          Token.of(new Principal("bob", "operate"), "of-bob"),
          Token.of(new Principal("ci", "read"), "of-ci"),
          Token.of(new Principal("ci", "submit"), "of-ci"));

  private final String bobs = BrowserSession.of("of-bob", NOW);

  @Test
  void standsForItsToken() {
    assertThat(BrowserSession.find(VALID, bobs, "read", NOW))
        .hasValue(new Principal("bob", "operate"));
    assertThat(bobs).doesNotContain("of-bob");
  }

  @Test
  void prefersARoleThatMayDoWhatIsWanted() {
    String session = BrowserSession.of("of-ci", NOW);
    assertThat(BrowserSession.find(VALID, session, "submit", NOW))
        .hasValue(new Principal("ci", "submit"));
  }

  @Test
  void endsInTime() {
    assertThat(
            BrowserSession.find(
                VALID, bobs, "read", NOW.plus(BrowserSession.LASTS).minusSeconds(1)))
        .isPresent();
    assertThat(BrowserSession.find(VALID, bobs, "read", NOW.plus(BrowserSession.LASTS))).isEmpty();
  }

  @Test
  void endsWithItsToken() {
    assertThat(BrowserSession.find(VALID.subList(0, 1), bobs, "read", NOW)).isEmpty();
  }

  @Test
  void cannotBeMadeToLastLonger() {
    String signature = bobs.substring(bobs.indexOf('.'));
    assertThat(BrowserSession.find(VALID, "9999999999" + signature, "read", NOW)).isEmpty();
  }

  @Test
  void nonsenseIsNobodys() {
    for (String cookie : List.of("", ".", "1", "x.y", "99999999999999999999.x", bobs + "x")) {
      assertThat(BrowserSession.find(VALID, cookie, "read", NOW)).as(cookie).isEmpty();
    }
  }
}

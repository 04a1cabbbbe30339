package io.stowage.control.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Principal ANN = new Principal("ann", "read");
  private static final Tokens OURS = () -> List.of(Token.of(ANN, "of-ann"));

  /** Knows one token, of somebody with two roles. */
  private static final Issuer ISSUER =
      token -> {
        assertThat(token).isEqualTo("b.o.b");
        return List.of(new Principal("bob", "read"), new Principal("bob", "work"));
      };

  private final Callers callers = Callers.with(OURS, ISSUER);

  @Test
  void withoutTokensAndWithoutAnIssuerEverybodyIsLetIn() {
    assertThat(Callers.with(List::of).anybody()).isTrue();
    assertThat(Callers.with(OURS).anybody()).isFalse();
    assertThat(Callers.with(List::of, ISSUER).anybody()).isFalse();
  }

  @Test
  void theIssuerIsAskedForWhatMayBeHisAlone() {
    assertThat(callers.find("of-ann", "read")).hasValue(ANN);
    assertThat(callers.find("of-nobody", "read")).isEmpty();
    assertThat(callers.find("", "read")).isEmpty();
    assertThat(callers.find("b.o.b.b.y", "read")).isEmpty();
    assertThat(callers.find("b.o.b", "read")).hasValue(new Principal("bob", "read"));
    assertThat(Callers.with(OURS).find("b.o.b", "read")).isEmpty();
  }

  @Test
  void ofSeveralRolesOneThatMayDoWhatIsWantedIsPreferred() {
    assertThat(callers.find("b.o.b", "work")).hasValue(new Principal("bob", "work"));
    assertThat(callers.find("b.o.b", "operate")).hasValue(new Principal("bob", "read"));
  }

  @Test
  void aCookieIsASessionOfOursOrTheIssuersTokenItself() {
    String anns = callers.cookie("of-ann", NOW);
    assertThat(anns).doesNotContain("of-ann");
    assertThat(callers.findByCookie(anns, "read", NOW)).hasValue(ANN);
    assertThat(callers.cookie("b.o.b", NOW)).isEqualTo("b.o.b");
    assertThat(callers.findByCookie("b.o.b", "work", NOW)).hasValue(new Principal("bob", "work"));
    assertThat(Callers.with(OURS).findByCookie("b.o.b", "work", NOW)).isEmpty();
  }

  @Test
  void aTokenThatNoBrowserKeepsIsRefusedAsACookie() {
    assertThatThrownBy(() -> callers.cookie("a." + "b".repeat(4000) + ".c", NOW))
        .hasMessageContaining("4004 characters");
  }
}

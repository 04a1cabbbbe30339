package io.stowage.control.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.stowage.api.ErrorCode;
import io.stowage.control.access.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OidcIssuerTest {
  private static final Uni<SecurityIdentity> AWAY =
      Uni.createFrom().failure(new OIDCException("no answer"));

  private final AtomicLong now = new AtomicLong(-5);
  private final AtomicInteger asked = new AtomicInteger();
  private Uni<SecurityIdentity> answer = AWAY;
  private final OidcIssuer issuer =
      new OidcIssuer(
          _ -> {
            asked.incrementAndGet();
            return answer;
          },
          new ProviderRoles(Map.of("read", List.of("auditors"), "work", List.of("machines"))),
          now::get);

  private static Uni<SecurityIdentity> bearer(String name, String... roles) {
    return Uni.createFrom()
        .item(
            QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(Set.of(roles))
                .build());
  }

  private void isRefused(ErrorCode code) {
    assertThatThrownBy(() -> issuer.bearer("a.b.c")).extracting("code").isEqualTo(code);
  }

  @Test
  void aProviderThatWasNeverReachedIsAskedOnceASecond() {
    for (int i = 0; i < 10; i++) {
      isRefused(ErrorCode.UNAVAILABLE);
    }
    assertThat(asked).hasValue(1);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    answer = bearer("ann", "auditors");
    assertThat(issuer.bearer("a.b.c")).containsExactly(new Principal("ann", "read"));
  }

  @Test
  void aProviderWhoseKeysAreKnownIsNotAvoidedAfterItWasAway() {
    answer = Uni.createFrom().failure(new AuthenticationFailedException());
    isRefused(ErrorCode.UNAUTHENTICATED);
    answer = AWAY; // for a key that is not known
    isRefused(ErrorCode.UNAVAILABLE);
    answer = bearer("ann", "auditors");
    assertThat(issuer.bearer("a.b.c")).hasSize(1);
  }

  @Test
  void aBearerHasEachRoleThatOneOfTheirsStandsFor() {
    answer = bearer("ann", "machines", "auditors", "others");
    assertThat(issuer.bearer("a.b.c"))
        .containsExactly(new Principal("ann", "read"), new Principal("ann", "work"));
    answer = bearer("ann", "others");
    isRefused(ErrorCode.FORBIDDEN);
  }

  @Test
  void aBearerWithoutANameIsNobody() {
    answer = bearer(" ", "auditors");
    isRefused(ErrorCode.UNAUTHENTICATED);
  }
}

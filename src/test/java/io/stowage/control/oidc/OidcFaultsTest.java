package io.stowage.control.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.TimeoutException;
import io.stowage.api.ErrorCode;
import java.net.ConnectException;
import java.util.List;
import org.jose4j.lang.UnresolvableKeyException;
import org.junit.jupiter.api.Test;

class OidcFaultsTest {
  @Test
  void aProviderThatDoesNotAnswerIsOutOfReach() {
    for (Throwable away :
        List.of(
            new OIDCException("no answer"),
            new TimeoutException(),
            new AuthenticationFailedException(new ConnectException("refused")))) {
      assertThat(OidcFaults.told(away).code()).as("%s", away).isEqualTo(ErrorCode.UNAVAILABLE);
    }
  }

  @Test
  void whatElseFailsIsNobodysToken() {
    for (Throwable wrong :
        List.of(
            new AuthenticationFailedException(),
            new AuthenticationFailedException(new UnresolvableKeyException("no key")),
            new IllegalArgumentException("secret claims"))) {
      assertThat(OidcFaults.told(wrong))
          .hasMessageStartingWith("the provider's token")
          .hasMessageNotContaining("secret")
          .hasNoCause()
          .extracting("code")
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
  }
}

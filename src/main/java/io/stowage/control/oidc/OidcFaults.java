package io.stowage.control.oidc;

import io.quarkus.oidc.OIDCException;
import io.smallrye.mutiny.TimeoutException;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * What is told of a token that was not let in. Never what the libraries say of it, nor with them as
 * the cause: their messages hold the token's claims.
 */
final class OidcFaults {
  private static final Map<Integer, String> FAULTS =
      Map.of(
          ErrorCodes.EXPIRED, "has expired",
          ErrorCodes.NOT_YET_VALID, "is not valid yet",
          ErrorCodes.AUDIENCE_MISSING, "names no audience",
          ErrorCodes.AUDIENCE_INVALID, "is for another audience",
          ErrorCodes.ISSUER_MISSING, "names no issuer",
          ErrorCodes.ISSUER_INVALID, "is of another issuer",
          ErrorCodes.SIGNATURE_INVALID, "has a signature that is not the provider's",
          ErrorCodes.EXPIRATION_MISSING, "never expires, and only one that does is let in");

  private OidcFaults() {}

  static StowageException told(Throwable thrown) {
    boolean unknownKey = causes(thrown).anyMatch(UnresolvableKeyException.class::isInstance);
    Optional<InvalidJwtException> invalid =
        causes(thrown)
            .filter(InvalidJwtException.class::isInstance)
            .map(InvalidJwtException.class::cast)
            .findFirst();
    if (!unknownKey && invalid.isEmpty() && causes(thrown).anyMatch(OidcFaults::isOutOfReach)) {
      return outOfReach();
    }
    String fault =
        unknownKey
            ? "is signed with a key that the provider does not have"
            : invalid.map(OidcFaults::fault).orElse("is not valid");
    return new StowageException(ErrorCode.UNAUTHENTICATED, "the provider's token " + fault);
  }

  static StowageException outOfReach() {
    return new StowageException(
        ErrorCode.UNAVAILABLE,
        "the OpenID Connect provider is out of reach, so its tokens cannot be checked now");
  }

  private static String fault(InvalidJwtException invalid) {
    return FAULTS.entrySet().stream()
        .filter(each -> invalid.hasErrorCode(each.getKey()))
        .map(Map.Entry::getValue)
        .sorted()
        .findFirst()
        .orElse("is not valid");
  }

  private static boolean isOutOfReach(Throwable each) {
    return each instanceof OIDCException
        || each instanceof TimeoutException
        || each instanceof IOException;
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, each -> each != null, Throwable::getCause).limit(20);
  }
}

package io.stowage.control.oidc;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.control.access.Issuer;
import io.stowage.control.access.Principal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The provider of {@code quarkus.oidc}. Once it was reached its keys are kept, and asked for again
 * when a token names one that is not among them; until then it is asked once a second at most,
 * however many tokens come.
 */
public final class OidcIssuer implements Issuer {
  private static final System.Logger LOG = System.getLogger(OidcIssuer.class.getName());
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final TenantIdentityProvider provider;
  private final ProviderRoles roles;
  private final LongSupplier nanoTime;
  private final AtomicBoolean outOfReach = new AtomicBoolean();
  private volatile boolean reachedOnce;
  private volatile long failed;

  /**
   * @param nanoTime monotonic, as {@code System::nanoTime}
   */
  public OidcIssuer(TenantIdentityProvider provider, ProviderRoles roles, LongSupplier nanoTime) {
    this.provider = provider;
    this.roles = roles;
    this.nanoTime = nanoTime;
    this.failed = nanoTime.getAsLong() - PAUSE_NANOS;
  }

  @Override
  public List<Principal> bearer(String token) {
    if (!reachedOnce && nanoTime.getAsLong() - failed < PAUSE_NANOS) {
      throw OidcFaults.outOfReach();
    }
    SecurityIdentity identity = checked(token);
    String name = identity.getPrincipal().getName();
    if (name == null || name.isBlank()) {
      throw new StowageException(
          ErrorCode.UNAUTHENTICATED,
          "the provider's token names nobody: quarkus.oidc.token.principal-claim says which claim does");
    }
    return roles.bearer(name, identity.getRoles());
  }

  private SecurityIdentity checked(String token) {
    try {
      var identity =
          provider.authenticate(new AccessTokenCredential(token)).await().atMost(LONGEST);
      reached();
      return identity;
    } catch (RuntimeException e) {
      StowageException told = OidcFaults.told(e);
      if (told.code() == ErrorCode.UNAVAILABLE) {
        notReached(told);
      } else {
        reachedOnce = true;
      }
      throw told;
    }
  }

  private void reached() {
    reachedOnce = true;
    if (outOfReach.compareAndSet(true, false)) {
      LOG.log(Level.INFO, "the OpenID Connect provider can be reached again");
    }
  }

  private void notReached(StowageException told) {
    failed = nanoTime.getAsLong();
    if (outOfReach.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "{0}; quarkus.log.category.\"io.quarkus.oidc.common\".level=WARN tells why",
          told.getMessage());
    }
  }
}

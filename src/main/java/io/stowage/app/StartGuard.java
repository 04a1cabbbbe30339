package io.stowage.app;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import io.stowage.api.StowageException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * Refuses an unsafe start before a socket is opened: who has no tokens is for loopback alone; and
 * one whose runs nobody would hear of.
 */
@Singleton
final class StartGuard {
  private static final System.Logger LOG = System.getLogger(StartGuard.class.getName());

  private static volatile boolean refused;

  private final StowageConfig config;
  private final Config all;
  private final OidcSettings oidc;

  @Inject
  StartGuard(StowageConfig config, Config all, OidcSettings oidc) {
    this.config = config;
    this.all = all;
    this.oidc = oidc;
  }

  void check(@Observes @Priority(1) StartupEvent event) {
    refuseWrongQueues();
    boolean control = config.role().equals("serve") || config.role().equals("dev");
    boolean listens = all.getOptionalValue("quarkus.http.host-enabled", Boolean.class).orElse(true);
    String host = all.getOptionalValue("quarkus.http.host", String.class).orElse("127.0.0.1");
    boolean open =
        config.control().tokens().isEmpty()
            && config.control().tokenFolder().isEmpty()
            && !oidc.on();
    if (control) {
      oidc.fault().ifPresent(StartGuard::refuse);
    }
    if (control && listens && oidc.on()) {
      LOG.log(
          Level.INFO,
          "tokens of the OpenID Connect provider {0} are let in, for the roles {1}",
          oidc.provider(),
          String.join(", ", new TreeSet<>(config.control().oidc().roles().keySet())));
    }
    if (control && listens && open && loopback(host)) {
      LOG.log(
          Level.INFO,
          "no tokens are set: everybody on this machine may submit, operate and work, and nobody else");
    }
    if (control && config.control().cancelGrace().isNegative()) {
      refuse("stowage.control.cancel-grace is negative: say how long, such as 60s");
    }
    if (control && listens && open && !loopback(host)) {
      refuse(
          "without tokens the control plane listens on loopback only, not on '"
              + host
              + "': set stowage.control.tokens.<submit|read|operate|work> or stowage.control.token-folder, or OpenID Connect by quarkus.oidc.tenant-enabled, or --host 127.0.0.1");
    }
  }

  /** Quarkus ends the process for this exception without a word. */
  private static void refuse(String why) {
    refused = true;
    System.err.println("stowage: " + why);
    throw new PreventFurtherStepsException(RoleApplication.CONFIGURATION);
  }

  /** Whether a start was refused in this process, and why was told. */
  static boolean refused() {
    return refused;
  }

  private void refuseWrongQueues() {
    try {
      OutsideQueues.check(config.queue());
    } catch (StowageException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

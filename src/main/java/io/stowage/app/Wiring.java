package io.stowage.app;

import io.quarkus.oidc.TenantIdentityProvider;
import io.stowage.api.AssetValues;
import io.stowage.control.ControlRole;
import io.stowage.control.access.Callers;
import io.stowage.control.access.PollLimit;
import io.stowage.control.access.Token;
import io.stowage.control.access.TokenFolder;
import io.stowage.control.access.Tokens;
import io.stowage.control.oidc.OidcIssuer;
import io.stowage.control.oidc.ProviderRoles;
import io.stowage.control.queue.Sessions.Times;
import io.stowage.engine.Engine;
import io.stowage.engine.EngineMetrics;
import io.stowage.engine.Pause;
import io.stowage.engine.value.StoredValues;
import io.stowage.message.MessageQueues;
import io.stowage.protocol.Json;
import io.stowage.protocol.StowageVersion;
import io.stowage.protocol.http.BearerToken;
import io.stowage.protocol.http.JsonClient;
import io.stowage.worker.Execution;
import io.stowage.worker.HttpControlPlane;
import io.stowage.worker.HttpStoredAssets;
import io.stowage.worker.Worker;
import io.stowage.worker.WorkerSettings;
import io.stowage.worker.pull.Pull;
import io.stowage.worker.pull.RequestedRun;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Builds the objects of the domain packages from the configuration. */
@Singleton
final class Wiring {
  private static final Duration CLAIM_WAIT = Duration.ofSeconds(20);

  @Produces
  @Singleton
  ControlRole controlRole(
      StowageConfig config, OidcSettings oidc, Instance<TenantIdentityProvider> provider) {
    var control = config.control();
    var callers =
        oidc.on()
            ? Callers.with(
                tokens(control),
                new OidcIssuer(
                    provider.get(), new ProviderRoles(control.oidc().roles()), System::nanoTime))
            : Callers.with(tokens(control));
    return new ControlRole(
        !config.role().equals("worker"),
        callers,
        new PollLimit(control.waitingClaims()),
        control.bodyTimeout(),
        new Times(control.sessionTtl(), control.heartbeat(), CLAIM_WAIT, control.cancelGrace()),
        control.history(),
        control.sweep());
  }

  private static Tokens tokens(StowageConfig.Control control) {
    var given = Token.ofRoles(control.tokens());
    Tokens configured = () -> given;
    return control
        .tokenFolder()
        .map(folder -> Tokens.both(configured, new TokenFolder(folder, System::nanoTime)))
        .orElse(configured);
  }

  @Produces
  @Singleton
  Resources resources(ResourceTypes types) {
    return new Resources(types);
  }

  void close(@Disposes Resources resources) {
    resources.close();
  }

  @Produces
  @Singleton
  JsonClient client(StowageConfig config) {
    var control = config.control();
    return new JsonClient(
        control.url(), BearerToken.of(control.token(), control.tokenFile()), Json.teller());
  }

  void close(@Disposes JsonClient client) {
    client.close();
  }

  @Produces
  @Singleton
  MessageQueues messageQueues(StowageConfig config) {
    return OutsideQueues.open(config.queue());
  }

  void close(@Disposes MessageQueues queues) {
    queues.close();
  }

  @Produces
  @Singleton
  Engine engine(StowageConfig config, EngineMetrics metrics) {
    return new Engine(config.worker().steps(), metrics, Clock.systemUTC(), Pause.REAL);
  }

  /** Not shared: whoever starts a worker ends it. */
  @Produces
  @Dependent
  Worker worker(
      StowageConfig config,
      Assets assets,
      Resources resources,
      Engine engine,
      JsonClient client,
      CatalogText catalog,
      MappingBeans mappings,
      MessageQueues messages,
      ReportedResources reported) {
    var settings =
        new WorkerSettings(
            config.worker().name().orElseGet(Wiring::hostName),
            StowageVersion.CURRENT,
            queues(config, assets),
            config.worker().slots(),
            config.worker().grace(),
            config.worker().startBudget());
    var execution =
        new Execution(
            assets.graph(), assets, engine, resources::forRun, Clock.systemUTC(), mappings);
    return new Worker(
        settings,
        new HttpControlPlane(client),
        execution,
        catalog.catalog(),
        config
            .worker()
            .runRequestFile()
            .<Pull>map(
                file -> new RequestedRun(new HttpRequests(client, RunRequestFile.read(file))))
            .orElseGet(() -> OutsideQueues.pull(messages, settings.queues())),
        reported);
  }

  @Produces
  @Singleton
  AssetValues values(JsonClient client, Resources resources, Assets assets) {
    return new StoredValues(
        new HttpStoredAssets(client), resources::forRun, assets::storedType, Clock.systemUTC());
  }

  void close(@Disposes AssetValues values) throws Exception {
    if (values instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  static List<String> queues(StowageConfig config, Assets assets) {
    return config
        .worker()
        .queues()
        .orElseGet(
            () -> {
              var queues =
                  assets.graph().steps().stream()
                      .map(spec -> spec.declaration().queue())
                      .distinct()
                      .sorted()
                      .toList();
              return queues.isEmpty() ? List.of("default") : queues;
            });
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "worker";
    }
  }
}

package io.stowage.app;

import com.fasterxml.jackson.databind.JavaType;
import io.stowage.api.StowageException;
import io.stowage.protocol.BackfillRequest;
import io.stowage.protocol.BackfillView;
import io.stowage.protocol.Json;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Page;
import io.stowage.protocol.RunView;
import io.stowage.protocol.http.JsonClient;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;

/**
 * What {@code dev} does beside running: on an empty ledger it submits a backfill of everything
 * through the HTTP queue, as a user would, and prints each materialization as it comes and where to
 * go next.
 */
@Singleton
final class DevSession {
  private static final System.Logger LOG = System.getLogger(DevSession.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final JsonClient client;
  private final Config config;
  private final StowageConfig stowage;
  private final Assets assets;

  @Inject
  DevSession(JsonClient client, Config config, StowageConfig stowage, Assets assets) {
    this.client = client;
    this.config = config;
    this.stowage = stowage;
    this.assets = assets;
  }

  /** Where the control plane of this process answers. */
  String address() {
    return "http://"
        + config
            .getOptionalValue("quarkus.http.host", String.class)
            .filter(host -> !host.equals("127.0.0.1"))
            .orElse("localhost")
        + ":"
        + config.getOptionalValue("quarkus.http.port", String.class).orElse("8080");
  }

  /** Returns at once; the rest happens on a thread of its own. */
  void begin() {
    Thread.ofVirtual()
        .name("dev")
        .start(
            () -> {
              try {
                show(System.out);
              } catch (StowageException e) {
                LOG.log(Level.WARNING, "the sample was not submitted: {0}", e.getMessage());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void show(PrintStream out) throws InterruptedException {
    if (stowage.dev().sample() && !assets.graph().keys().isEmpty() && ledgerIsEmpty()) {
      var backfill = submit();
      out.printf(
          "%nBackfill %s: %d asset partitions of %s%n%n",
          backfill.id(), backfill.total(), String.join(", ", backfill.assets()));
      out.printf(
          "%-22s %-18s %7s %9s %7s  %s%n",
          "ASSET", "PARTITION", "ROWS", "BYTES", "SECONDS", "LOCATION");
      follow(backfill.id(), out);
    }
    next(out);
  }

  private boolean ledgerIsEmpty() {
    return page("/v1/runs?limit=1", RunView.class).items().isEmpty();
  }

  private BackfillView submit() throws InterruptedException {
    for (int tried = 0; ; tried++) {
      try {
        return client.call(
            "POST",
            "/v1/backfills",
            new BackfillRequest(List.of(stowage.dev().select()), null, null, null, null),
            BackfillView.class,
            TIMEOUT);
      } catch (StowageException e) {
        if (tried > 100) { // the worker's session, which brings the catalog, takes its moment
          throw e;
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  private void follow(UUID backfill, PrintStream out) throws InterruptedException {
    UUID last = new UUID(0, 0);
    while (true) {
      var view = client.call("GET", "/v1/backfills/" + backfill, null, BackfillView.class, TIMEOUT);
      last = print(last, out);
      if (view.finishedAt() != null) {
        print(last, out);
        out.printf("%nBackfill %s: %s%n", view.state(), Json.text(view.counts()));
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  private UUID print(UUID last, PrintStream out) {
    var fresh = new ArrayList<MaterializationView>();
    String cursor = "";
    do {
      var page = page("/v1/materializations?limit=200" + cursor, MaterializationView.class);
      page.items().stream().filter(view -> view.id().compareTo(last) > 0).forEach(fresh::add);
      boolean more = page.cursor() != null && fresh.size() % 200 == 0 && !fresh.isEmpty();
      cursor = more ? "&cursor=" + page.cursor() : "";
    } while (!cursor.isEmpty());
    fresh.reversed().forEach(view -> line(view, out));
    return fresh.isEmpty() ? last : fresh.getFirst().id();
  }

  private static void line(MaterializationView view, PrintStream out) {
    double seconds =
        view.metadata().getOrDefault("seconds", Map.of()).get("value") instanceof Number number
            ? number.doubleValue()
            : 0;
    out.printf(
        Locale.ROOT,
        "%-22s %-18s %7s %9s %7.3f  %s%n",
        view.asset(),
        view.partition(),
        view.rows() < 0 ? "-" : view.rows(),
        view.bytes() < 0 ? "-" : view.bytes(),
        seconds,
        view.location() == null ? "-" : view.location());
  }

  private void next(PrintStream out) {
    out.printf(
        """

        Where to go next
          page      %1$s
          REST      %1$s/v1/assets   %1$s/v1/runs   %1$s/v1/materializations?asset=weather/monthly
          metrics   %1$s/q/metrics   health  %1$s/q/health
          submit    curl -s %1$s/v1/runs -H 'Content-Type: application/json' -d '{"assets":["weather/monthly"],"partition":"2012-03"}'
          or        stowage submit weather/monthly --partition 2012-03

        """,
        address());
  }

  private <T> Page<T> page(String path, Class<T> item) {
    JavaType type = Json.reader().getTypeFactory().constructParametricType(Page.class, item);
    return client.call("GET", path, null, type, TIMEOUT);
  }
}

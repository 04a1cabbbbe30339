package io.stowage.app.doctor;

import io.stowage.protocol.CatalogInUse;
import io.stowage.protocol.Json;
import io.stowage.protocol.ServerView;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.http.JsonClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The control plane: whether it answers, speaks our protocol, and has our catalog. */
public final class ControlCheckup implements Report.Checkup {
  private static final String SUBJECT = "control plane";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TOLERATED = Duration.ofSeconds(2);

  private final JsonClient client;
  private final String version;
  private final String catalog;
  private final List<String> queues;
  private final Clock clock;

  /**
   * @param version of this program
   * @param catalog hash of what this program can execute
   * @param queues that it would pull from
   */
  public ControlCheckup(
      JsonClient client, String version, String catalog, List<String> queues, Clock clock) {
    this.client = client;
    this.version = version;
    this.catalog = catalog;
    this.queues = List.copyOf(queues);
    this.clock = clock;
  }

  @Override
  public void check(Report report) {
    Instant sent = clock.instant();
    ServerView server = client.call("GET", "/v1/server", null, ServerView.class, TIMEOUT);
    Duration took = Duration.between(sent, clock.instant());
    report.ok(
        SUBJECT,
        "'%s' answers in %s, version %s; this caller's role is %s"
            .formatted(client.base(), Durations.text(took), server.version(), server.role()));
    versions(server, report);
    clocks(server, sent.plus(took.dividedBy(2)), took, report);
    catalogs(report);
  }

  private void versions(ServerView server, Report report) {
    if (server.protocol() != SessionRequest.PROTOCOL) {
      report.fail(
          "protocol",
          "this program speaks %d, the control plane %d"
              .formatted(SessionRequest.PROTOCOL, server.protocol()),
          "upgrade the older one");
    } else if (!server.version().equals(version)) {
      report.warn(
          "protocol",
          "both speak %d, but this program is version %s".formatted(server.protocol(), version),
          "upgrade the older one, control planes first");
    }
  }

  private static void clocks(ServerView server, Instant middle, Duration took, Report report) {
    Duration off = Duration.between(server.now(), middle);
    if (off.abs().minus(took).compareTo(TOLERATED) > 0) {
      report.warn(
          "clock",
          "this machine is "
              + Durations.text(off.abs())
              + (off.isNegative() ? " behind" : " ahead of")
              + " the control plane",
          "set both by NTP: leases do not mind, but times in events and logs will not fit");
    } else {
      report.ok("clock", "it agrees with the control plane's");
    }
  }

  private void catalogs(Report report) {
    List<CatalogInUse> inUse =
        client.call(
            "GET",
            "/v1/catalogs",
            null,
            Json.reader().getTypeFactory().constructCollectionType(List.class, CatalogInUse.class),
            TIMEOUT);
    for (String queue : queues) {
      inUse.stream()
          .filter(each -> each.queue().equals(queue))
          .findFirst()
          .ifPresentOrElse(
              found -> catalog(found, report),
              () ->
                  report.warn(
                      "queue '" + queue + "'",
                      "the control plane does not know it yet",
                      "the first worker makes it, or `stowage catalog push`"));
    }
  }

  private void catalog(CatalogInUse found, Report report) {
    String subject = "queue '" + found.queue() + "'";
    int same = found.workers().getOrDefault(catalog, 0);
    int others = found.workers().values().stream().mapToInt(Integer::intValue).sum() - same;
    if (!catalog.equals(found.current())) {
      report.warn(
          subject,
          "its current catalog is not this program's; %d workers have this one, %d another"
              .formatted(same, others),
          "requests are checked against the current one: the newest worker, or `stowage catalog"
              + " push`, sets it");
    } else if (others > 0) {
      report.warn(
          subject,
          "%d workers have its catalog, %d another".formatted(same, others),
          "end those of the older version when the new ones stand");
    } else if (same == 0) {
      report.warn(subject, "no worker pulls from it", "start one: `stowage worker`");
    } else {
      report.ok(subject, same + " workers pull from it, all with this catalog");
    }
  }
}

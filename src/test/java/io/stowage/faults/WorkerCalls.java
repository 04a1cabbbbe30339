package io.stowage.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stowage.protocol.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Makes operations of what a worker says to the control plane; by lease, as the guard goes. */
final class WorkerCalls {
  private static final Pattern OF_LEASE =
      Pattern.compile("/v1/sessions/(\\d+)/leases/([0-9a-f-]{36})/(commit|events|release)");
  private static final Pattern OF_SESSION =
      Pattern.compile("/v1/sessions/(\\d+)/(claim|complete|heartbeat)");
  private static final Set<String> REFUSED = Set.of("lease_lost", "session_gone");

  private final String worker;
  private final History history;
  private final AtomicReference<Beat> lastBeat = new AtomicReference<>(new Beat(0, true));

  /** Whether the worker said that it holds leases, and when. */
  record Beat(long at, boolean busy) {}

  WorkerCalls(String worker, History history) {
    this.worker = worker;
    this.history = history;
  }

  Tap tap() {
    return new HttpTap(history::now, this::heard);
  }

  /** Whether it has said since then that it holds no lease and works for none. */
  boolean idleSince(long time) {
    Beat beat = lastBeat.get();
    return beat.at() > time && !beat.busy();
  }

  private void heard(Exchange exchange) {
    var lease = OF_LEASE.matcher(exchange.path());
    if (lease.matches()) {
      ofLease(exchange, lease.group(3), lease.group(1), lease.group(2));
      return;
    }
    var session = OF_SESSION.matcher(exchange.path());
    if (session.matches()) {
      switch (session.group(2)) {
        case "claim" -> claimed(exchange, session.group(1));
        case "complete" -> completed(exchange, session.group(1));
        default -> beaten(exchange, session.group(1));
      }
    }
  }

  private void ofLease(Exchange exchange, String what, String session, String lease) {
    JsonNode request = json(exchange.request());
    var data = new HashMap<String, Object>();
    data.put("session", session);
    data.put("run", request.path("run_id").asText());
    String code = json(exchange.answer()).path("code").asText();
    if (REFUSED.contains(code)) {
      data.put("refused", code);
    }
    if (what.equals("commit")) {
      data.put("commit", request.path("commit_id").asText());
      data.put("step", request.path("step").asText());
      data.put("partition", request.path("partition").asText());
    }
    if (request.has("events")) {
      data.put("events", events(request.path("events")));
    }
    add(exchange, what, lease, data);
  }

  private static List<String> events(JsonNode events) {
    var told = new ArrayList<String>();
    events.forEach(
        event ->
            told.add(
                EventText.of(
                    event.path("type").asText(),
                    event.path("step").asText(""),
                    event.path("message").asText())));
    return told;
  }

  private void claimed(Exchange exchange, String session) {
    json(exchange.answer())
        .path("leases")
        .forEach(
            lease ->
                add(
                    exchange,
                    "claim",
                    lease.path("lease_id").asText(),
                    Map.of("session", session, "run", lease.path("run_id").asText())));
  }

  private void completed(Exchange exchange, String session) {
    var states = new HashMap<String, String>();
    json(exchange.answer())
        .path("answers")
        .forEach(each -> states.put(each.path("lease_id").asText(), each.path("state").asText()));
    json(exchange.request())
        .path("completions")
        .forEach(
            each -> {
              String lease = each.path("lease_id").asText();
              String state = states.getOrDefault(lease, "");
              var data = new HashMap<String, Object>();
              data.put("session", session);
              data.put("run", each.path("run_id").asText());
              data.put("state", state);
              if (REFUSED.contains(state)) {
                data.put("refused", state);
              }
              add(exchange, "complete", lease, data);
            });
    claimed(exchange, session); // the next leases come in the same answer
  }

  private void beaten(Exchange exchange, String session) {
    JsonNode request = json(exchange.request());
    if (exchange.status() == 200) {
      lastBeat.set(new Beat(exchange.ended(), !request.path("leases").isEmpty()));
      json(exchange.answer())
          .path("leases")
          .properties()
          .forEach(
              each -> {
                if (each.getValue().asText().equals("lost")) {
                  refused(exchange, session, each.getKey(), "lease_lost");
                }
              });
    } else if (exchange.status() == 410) {
      request
          .path("leases")
          .forEach(each -> refused(exchange, session, each.asText(), "session_gone"));
    }
  }

  private void refused(Exchange exchange, String session, String lease, String code) {
    add(exchange, "told", lease, Map.of("session", session, "refused", code));
  }

  private void add(Exchange exchange, String what, String subject, Map<String, Object> data) {
    history.add(
        new Operation(
            worker,
            what,
            subject,
            Operation.outcome(exchange.status()),
            exchange.invoked(),
            exchange.ended(),
            data));
  }

  private static JsonNode json(String text) {
    try {
      return Json.reader().readTree(text.isEmpty() ? "{}" : text);
    } catch (JsonProcessingException e) {
      return Json.reader().createObjectNode(); // half of a message
    }
  }
}

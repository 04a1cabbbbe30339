package io.stowage.control;

import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.CommitAnswer;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.CompleteAnswer;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.Completion;
import io.stowage.protocol.EventsRequest;
import io.stowage.protocol.HeartbeatAnswer;
import io.stowage.protocol.HeartbeatRequest;
import io.stowage.protocol.Lease;
import io.stowage.protocol.ReleaseRequest;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.http.JsonClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A worker that does what the test says: each method is one call of the protocol. */
public final class ScriptedWorker implements AutoCloseable {
  private static final Duration TIMEOUT = QueueUnderTest.TIMEOUT;

  private final JsonClient client;
  private final SessionAnswer opened;
  private final String path;

  public ScriptedWorker(JsonClient client, SessionAnswer opened) {
    this.client = client.with("Stowage-Session", opened.secret());
    this.opened = opened;
    this.path = "/v1/sessions/" + opened.id();
  }

  public long session() {
    return opened.id();
  }

  public String secret() {
    return opened.secret();
  }

  /** The same session, by somebody who does not know its secret. */
  public ScriptedWorker forged() {
    return new ScriptedWorker(
        client,
        new SessionAnswer(
            opened.id(), "guessed", opened.ttl(), opened.heartbeat(), opened.claimWait()));
  }

  public List<Lease> claim(int max, Duration wait) {
    return client
        .call(
            "POST",
            path + "/claim",
            new ClaimRequest(max, wait.toMillis()),
            ClaimAnswer.class,
            TIMEOUT)
        .leases();
  }

  /** The one run that is ready. */
  public Lease claim() {
    var leases = claim(1, Duration.ZERO);
    if (leases.size() != 1) {
      throw new AssertionError("not one lease: " + leases);
    }
    return leases.getFirst();
  }

  public HeartbeatAnswer heartbeat(UUID... leases) {
    return client.call(
        "POST",
        path + "/heartbeat",
        new HeartbeatRequest("running", 1, List.of(leases)),
        HeartbeatAnswer.class,
        TIMEOUT);
  }

  public static CommitRequest output(Lease lease, String asset, String partition) {
    return new CommitRequest(
        UUID.randomUUID(),
        lease.runId(),
        asset,
        "result",
        asset,
        partition,
        "memory:" + asset + "/" + UUID.randomUUID(),
        "etag",
        "sha256:00",
        10,
        2,
        "fingerprint",
        Map.of("rows", Map.of("type", "int", "value", 2)),
        List.of(),
        List.of());
  }

  public CommitAnswer commit(Lease lease, CommitRequest request) {
    return client.call(
        "POST",
        path + "/leases/" + lease.leaseId() + "/commit",
        request,
        CommitAnswer.class,
        TIMEOUT);
  }

  public CommitAnswer commit(Lease lease, String asset, String partition) {
    return commit(lease, output(lease, asset, partition));
  }

  /** A call under the lease. */
  public <T> T under(Lease lease, String path, Object request, Class<T> answer) {
    return client.call(
        "POST", this.path + "/leases/" + lease.leaseId() + "/" + path, request, answer, TIMEOUT);
  }

  public void event(Lease lease, String... messages) {
    var events =
        List.of(messages).stream()
            .map(
                message ->
                    new EventsRequest.NewEvent(Instant.now(), "log", null, null, message, Map.of()))
            .toList();
    client.call(
        "POST",
        path + "/leases/" + lease.leaseId() + "/events",
        new EventsRequest(lease.runId(), events),
        Object.class,
        TIMEOUT);
  }

  public void release(Lease lease, String reason) {
    client.call(
        "POST",
        path + "/leases/" + lease.leaseId() + "/release",
        new ReleaseRequest(lease.runId(), reason),
        Object.class,
        TIMEOUT);
  }

  public String succeed(Lease lease) {
    return complete(
        new Completion(
            lease.leaseId(), lease.runId(), "succeeded", false, Map.of("steps", 1), null));
  }

  public String fail(Lease lease, boolean retry) {
    var error = Map.<String, Object>of("code", "asset_failed", "message", "no such luck");
    return complete(new Completion(lease.leaseId(), lease.runId(), "failed", retry, null, error));
  }

  public String confirmCancel(Lease lease) {
    return complete(
        new Completion(
            lease.leaseId(),
            lease.runId(),
            "canceled",
            false,
            null,
            Map.of("code", "canceled", "message", "canceled")));
  }

  public String complete(Completion completion) {
    var answer =
        client.call(
            "POST",
            path + "/complete",
            new CompleteRequest(List.of(completion)),
            CompleteAnswer.class,
            TIMEOUT);
    return answer.answers().getFirst().state();
  }

  @Override
  public void close() {
    client.call("DELETE", path, null, Object.class, TIMEOUT);
  }
}

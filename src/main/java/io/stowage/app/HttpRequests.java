package io.stowage.app;

import io.stowage.protocol.RunView;
import io.stowage.protocol.SubmitAnswer;
import io.stowage.protocol.http.JsonClient;
import io.stowage.worker.pull.RequestedRun;
import java.time.Duration;
import java.util.UUID;

/** Submits what a file asks for, with the token that the worker has, which must allow for it. */
record HttpRequests(JsonClient client, RunRequestFile file) implements RequestedRun.Requests {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Override
  public UUID submit() {
    return client
        .with("Idempotency-Key", file.idempotencyKey())
        .call("POST", "/v1/runs", file.request(), SubmitAnswer.class, TIMEOUT)
        .id();
  }

  @Override
  public RunView run(UUID id) {
    return client.call("GET", "/v1/runs/" + id, null, RunView.class, TIMEOUT);
  }
}

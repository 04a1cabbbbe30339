package io.stowage.worker;

import com.fasterxml.jackson.databind.JavaType;
import io.stowage.protocol.ClaimAnswer;
import io.stowage.protocol.ClaimRequest;
import io.stowage.protocol.CommitAnswer;
import io.stowage.protocol.CommitRequest;
import io.stowage.protocol.CompleteAnswer;
import io.stowage.protocol.CompleteRequest;
import io.stowage.protocol.DeletedRequest;
import io.stowage.protocol.EventsRequest;
import io.stowage.protocol.HeartbeatAnswer;
import io.stowage.protocol.HeartbeatRequest;
import io.stowage.protocol.Json;
import io.stowage.protocol.KnownObjectsAnswer;
import io.stowage.protocol.KnownObjectsRequest;
import io.stowage.protocol.LatestRequest;
import io.stowage.protocol.MarkAnswer;
import io.stowage.protocol.MarkRequest;
import io.stowage.protocol.MaterializationView;
import io.stowage.protocol.Preview;
import io.stowage.protocol.ReleaseRequest;
import io.stowage.protocol.RemovalsAnswer;
import io.stowage.protocol.RemovalsRequest;
import io.stowage.protocol.SessionAnswer;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.WorkerResources;
import io.stowage.protocol.http.JsonClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The control plane over HTTP. */
public final class HttpControlPlane implements ControlPlane {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  // these read much of the history
  private static final Duration SWEEP_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration BEYOND_WAIT = Duration.ofSeconds(10);
  private static final JavaType VIEWS =
      Json.reader().getTypeFactory().constructCollectionType(List.class, MaterializationView.class);

  private static final JavaType TEXTS =
      Json.reader().getTypeFactory().constructCollectionType(List.class, String.class);

  private final JsonClient client;

  public HttpControlPlane(JsonClient client) {
    this.client = client;
  }

  @Override
  public SessionAnswer open(SessionRequest request) {
    return client.call("POST", "/v1/sessions", request, SessionAnswer.class, TIMEOUT);
  }

  @Override
  public Session session(SessionAnswer opened) {
    return new HttpSession(
        client.with("Stowage-Session", opened.secret()), "/v1/sessions/" + opened.id());
  }

  private record HttpSession(JsonClient client, String path) implements Session {
    @Override
    public ClaimAnswer claim(ClaimRequest request) {
      return client.call(
          "POST",
          path + "/claim",
          request,
          ClaimAnswer.class,
          BEYOND_WAIT.plusMillis(request.waitMillis()));
    }

    @Override
    public HeartbeatAnswer heartbeat(HeartbeatRequest request) {
      return client.call("POST", path + "/heartbeat", request, HeartbeatAnswer.class, TIMEOUT);
    }

    @Override
    public List<MaterializationView> latest(LatestRequest request) {
      return client.call("POST", path + "/materializations", request, VIEWS, TIMEOUT);
    }

    @Override
    public List<String> dynamicKeys(String definition) {
      String query = URLEncoder.encode(definition, StandardCharsets.UTF_8);
      return client.call("GET", path + "/partitions?definition=" + query, null, TEXTS, TIMEOUT);
    }

    @Override
    public CommitAnswer commit(UUID lease, CommitRequest request) {
      return client.call(
          "POST", path + "/leases/" + lease + "/commit", request, CommitAnswer.class, TIMEOUT);
    }

    @Override
    public void events(UUID lease, EventsRequest request) {
      client.call("POST", path + "/leases/" + lease + "/events", request, Object.class, TIMEOUT);
    }

    @Override
    public void release(UUID run, UUID lease, String reason) {
      client.call(
          "POST",
          path + "/leases/" + lease + "/release",
          new ReleaseRequest(run, reason),
          Object.class,
          TIMEOUT);
    }

    @Override
    public CompleteAnswer complete(CompleteRequest request) {
      return client.call("POST", path + "/complete", request, CompleteAnswer.class, TIMEOUT);
    }

    @Override
    public RemovalsAnswer removals(UUID lease, RemovalsRequest request) {
      return client.call(
          "POST",
          path + "/leases/" + lease + "/removals",
          request,
          RemovalsAnswer.class,
          SWEEP_TIMEOUT);
    }

    @Override
    public MarkAnswer mark(UUID lease, MarkRequest request) {
      return client.call(
          "POST", path + "/leases/" + lease + "/removed", request, MarkAnswer.class, SWEEP_TIMEOUT);
    }

    @Override
    public void deleted(UUID lease, DeletedRequest request) {
      client.call(
          "POST", path + "/leases/" + lease + "/deleted", request, Object.class, SWEEP_TIMEOUT);
    }

    @Override
    public KnownObjectsAnswer known(UUID lease, KnownObjectsRequest request) {
      return client.call(
          "POST",
          path + "/leases/" + lease + "/known-objects",
          request,
          KnownObjectsAnswer.class,
          SWEEP_TIMEOUT);
    }

    @Override
    public void preview(UUID lease, Preview preview) {
      client.call("POST", path + "/leases/" + lease + "/preview", preview, Object.class, TIMEOUT);
    }

    @Override
    public void resources(WorkerResources resources) {
      client.call("PUT", path + "/resources", resources, Object.class, TIMEOUT);
    }

    @Override
    public void close() {
      client.call("DELETE", path, null, Object.class, TIMEOUT);
    }
  }
}

package io.stowage.control.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.stowage.protocol.ServerView;
import io.stowage.protocol.SessionRequest;
import io.stowage.protocol.StowageVersion;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;

/** Who answers here, for whoever has any token. */
@Path("/v1/server")
@RunOnVirtualThread
public class ServerResource {
  @Inject Access access;

  @GET
  public ServerView server(@Context HttpHeaders headers) {
    return new ServerView(
        StowageVersion.CURRENT,
        SessionRequest.PROTOCOL,
        Instant.now(),
        access.anybody(headers).role());
  }
}

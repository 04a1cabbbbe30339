package io.stowage.control.rest;

import io.stowage.api.ErrorCode;
import io.stowage.control.ControlRole;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** A worker listens for metrics and health alone. */
public class RoleFilter {
  // Filters are made while the application is built, when no configuration can be read yet: asked
  // for at each request.
  @Inject Instance<ControlRole> role;

  @ServerRequestFilter(preMatching = true)
  public @Nullable Response onlyAControlPlaneAnswers(ContainerRequestContext request) {
    return role.get().active() || !request.getUriInfo().getPath().startsWith("/v1")
        ? null
        : Problems.answer(
            ErrorCode.NOT_FOUND,
            404,
            "this process is a worker: the control plane is elsewhere",
            null);
  }
}

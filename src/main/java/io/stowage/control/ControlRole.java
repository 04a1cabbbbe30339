package io.stowage.control;

import io.stowage.control.queue.Sessions.Times;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What this process is as a control plane.
 *
 * @param active whether it is one at all: a worker answers none of these paths
 * @param tokens that are let in, by role; none at all lets everybody in, who can only come over
 *     loopback
 * @param sweep how often a sweep is asked for; zero for never
 */
public record ControlRole(
    boolean active, Map<String, List<String>> tokens, Times times, Duration sweep) {
  public ControlRole {
    tokens = Map.copyOf(tokens);
  }
}

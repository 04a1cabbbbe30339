package io.stowage.control;

import io.stowage.control.access.PollLimit;
import io.stowage.control.access.Tokens;
import io.stowage.control.queue.Sessions.Times;
import java.time.Duration;

/**
 * What this process is as a control plane.
 *
 * @param active whether it is one at all: a worker answers none of these paths
 * @param tokens that are let in; none at all lets everybody in, who can only come over loopback
 * @param polls how many claims of one principal wait here
 * @param bodyTimeout how long the body of a request may take to come
 * @param sweep how often a sweep is asked for; zero for never
 */
public record ControlRole(
    boolean active,
    Tokens tokens,
    PollLimit polls,
    Duration bodyTimeout,
    Times times,
    Duration sweep) {}

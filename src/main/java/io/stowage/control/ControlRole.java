package io.stowage.control;

import io.stowage.control.access.Callers;
import io.stowage.control.access.PollLimit;
import io.stowage.control.queue.Sessions.Times;
import java.time.Duration;

/**
 * What this process is as a control plane.
 *
 * @param active whether it is one at all: a worker answers none of these paths
 * @param callers who are let in; where that is everybody, they can only come over loopback
 * @param polls how many claims of one principal wait here
 * @param bodyTimeout how long the body of a request may take to come
 * @param history how long runs and their events are kept
 * @param sweep how often a sweep is asked for; zero for never
 */
public record ControlRole(
    boolean active,
    Callers callers,
    PollLimit polls,
    Duration bodyTimeout,
    Times times,
    Duration history,
    Duration sweep) {}

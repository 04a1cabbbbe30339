package io.stowage.faults;

/**
 * A request and its answer.
 *
 * @param status -1 where no whole answer was delivered
 */
record Exchange(
    String method,
    String path,
    String request,
    int status,
    String answer,
    long invoked,
    long ended) {}

package io.stowage.faults;

import java.util.Map;
import java.util.Optional;

/**
 * One thing that was asked of the control plane, or seen.
 *
 * @param actor who asked: a client, a worker
 * @param what {@code submit}, {@code commit}, …
 * @param subject what it is about: an idempotency key, a lease, a run
 * @param invoked when it was asked, by the test's monotonic clock
 * @param ended when the answer was delivered, or was given up
 * @param data what was said, as far as an invariant asks for it
 */
record Operation(
    String actor,
    String what,
    String subject,
    Outcome outcome,
    long invoked,
    long ended,
    Map<String, Object> data) {

  enum Outcome {
    /** Done, and he was told so. */
    OK,
    /** Refused, and he was told so. */
    FAILED,
    /** Not known: no answer, or one that says that it is not known. */
    UNKNOWN
  }

  Operation {
    data = Map.copyOf(data);
  }

  boolean is(String what) {
    return this.what.equals(what);
  }

  boolean ok() {
    return outcome == Outcome.OK;
  }

  Optional<String> said(String name) {
    return Optional.ofNullable(data.get(name)).map(Object::toString);
  }

  static Outcome outcome(int status) {
    if (status >= 200 && status < 300) {
      return Outcome.OK;
    }
    return status >= 400 && status < 500 ? Outcome.FAILED : Outcome.UNKNOWN;
  }
}

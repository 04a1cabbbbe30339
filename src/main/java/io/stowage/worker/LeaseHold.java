package io.stowage.worker;

import io.stowage.api.Cancellation;
import io.stowage.protocol.Lease;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A lease as its worker knows it: held, to be canceled, to be given back, or lost. It only goes one
 * way.
 */
final class LeaseHold implements Cancellation {
  enum State {
    HELD,
    CANCEL,
    RELEASE,
    LOST
  }

  private final Lease lease;
  private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

  LeaseHold(Lease lease) {
    this.lease = lease;
  }

  Lease lease() {
    return lease;
  }

  State state() {
    return java.util.Objects.requireNonNull(state.get());
  }

  void cancel() {
    state.compareAndSet(State.HELD, State.CANCEL);
  }

  void release() {
    state.compareAndSet(State.HELD, State.RELEASE);
  }

  void lose() {
    state.set(State.LOST);
  }

  @Override
  public boolean requested() {
    return state.get() != State.HELD;
  }
}

package io.stowage.faults;

import io.stowage.process.Stowage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of the cluster, which is started again when it ends while it is wanted, as Kubernetes
 * does.
 */
final class Member implements AutoCloseable {
  private final String name;
  private final List<String> program;
  private final Map<String, String> environment;
  private final String[] arguments;
  private final AtomicInteger starts = new AtomicInteger();
  private Stowage process;
  private boolean wanted = true;
  private boolean frozen;
  private boolean closed;

  Member(String name, List<String> program, Map<String, String> environment, String... arguments) {
    this.name = name;
    this.program = program;
    this.environment = environment;
    this.arguments = arguments.clone();
    this.process = launched();
  }

  private Stowage launched() {
    starts.incrementAndGet();
    return Stowage.start(program, environment, arguments);
  }

  String name() {
    return name;
  }

  int starts() {
    return starts.get();
  }

  synchronized Stowage process() {
    return process;
  }

  /** As {@code kill -9}; it is started again. */
  synchronized void kill() {
    process.kill();
    frozen = false;
  }

  synchronized void freeze() {
    process.freeze();
    frozen = true;
  }

  synchronized void thaw() {
    if (frozen) {
      process.thaw();
      frozen = false;
    }
  }

  /** SIGTERM; its exit code. It stays away until {@link #want}. */
  int stop(Duration within) {
    Stowage ended;
    synchronized (this) {
      wanted = false;
      ended = process;
    }
    ended.terminate();
    return ended.exitCode(within);
  }

  synchronized void want() {
    wanted = !closed;
    startIfGone();
  }

  synchronized void startIfGone() {
    if (wanted && !process.isAlive()) {
      process = launched();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    wanted = false;
    process.close();
  }
}

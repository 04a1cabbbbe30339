package io.stowage.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that was asked, in the order in which it ended. Safe from any thread; bounded. */
final class History {
  private static final int MOST = 500_000;

  private final long began = System.nanoTime();
  private final List<Operation> operations = new ArrayList<>();

  /** Nanoseconds since the history began. */
  long now() {
    return System.nanoTime() - began;
  }

  synchronized void add(Operation operation) {
    if (operations.size() >= MOST) {
      throw new IllegalStateException("more than " + MOST + " operations: bound the scenario");
    }
    operations.add(operation);
  }

  /** What was seen at once, such as a state in the database. */
  void seen(String what, String subject, Map<String, Object> data) {
    long now = now();
    add(new Operation("watcher", what, subject, Operation.Outcome.OK, now, now, data));
  }

  synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  synchronized int size() {
    return operations.size();
  }

  synchronized List<Operation> since(int first) {
    return List.copyOf(operations.subList(first, operations.size()));
  }
}

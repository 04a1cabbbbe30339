package io.stowage.message;

import java.util.List;
import java.util.Map;

/**
 * The queues outside, each by the name of the queue whose runs it brings word of.
 *
 * @param byName empty where workers ask the control plane for runs
 */
public record MessageQueues(Map<String, MessageQueue> byName) implements AutoCloseable {
  public MessageQueues {
    byName = Map.copyOf(byName);
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** Those of the names that have none. */
  public List<String> lacking(List<String> names) {
    return names.stream().filter(name -> !byName.containsKey(name)).toList();
  }

  @Override
  public void close() {
    byName.values().forEach(MessageQueue::close);
  }
}

package io.stowage.message;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A queue of a service outside. What is sent comes at least once, in any order, perhaps late; it
 * comes again where it was received and not deleted in time. It may hold messages of others.
 *
 * <p>Safe from any thread; calls block. What is thrown is a {@link
 * io.stowage.api.StowageException}: {@code UNAVAILABLE} where there was no answer, {@code
 * ACCESS_DENIED}, {@code INVALID_CONFIGURATION} where there is no such queue, {@code CANCELED}
 * where the thread was interrupted.
 */
public interface MessageQueue extends AutoCloseable {
  /** The most that are received at once. */
  int MOST = 10;

  /** Where this throws, some of them may have been sent. */
  void send(List<UUID> runs);

  /**
   * Waits for the first. What is received is hidden from others for a while, in which it is to be
   * deleted or given back.
   *
   * @param most 1 to {@link #MOST}
   * @param wait at most 20 s; a part of a second counts as one
   * @return empty where none came
   */
  List<Message> receive(int most, Duration wait);

  /** Those that are gone already, or came again since, are left out. */
  void delete(List<Message> messages);

  /** Others may receive them at once. */
  void giveBack(List<Message> messages);

  /** About how many there are, received ones included; it may be a minute old. */
  int depth();

  @Override
  void close();
}

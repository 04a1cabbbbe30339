package io.stowage.message;

import java.util.Optional;
import java.util.UUID;

/**
 * What a queue brought.
 *
 * @param text of whoever wrote it; perhaps of somebody else
 * @param receipt names this receiving of it, new at each
 * @param received how often it was received so far, from 1
 */
public record Message(String text, String receipt, int received) {
  /** The run that it brings word of; empty where it is no run id. */
  public Optional<UUID> run() {
    try {
      UUID run = UUID.fromString(text.strip());
      // the parser takes more than what is an id
      return Optional.of(run).filter(id -> id.toString().equalsIgnoreCase(text.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Without its text, which may be anybody's. */
  @Override
  public String toString() {
    return "message of " + text.length() + " characters, received " + received + " times";
  }
}

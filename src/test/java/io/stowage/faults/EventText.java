package io.stowage.faults;

/** An event by what its author said, without the number and time it got. */
final class EventText {
  private EventText() {}

  static String of(String type, String step, String message) {
    return type + " | " + step + " | " + message;
  }
}

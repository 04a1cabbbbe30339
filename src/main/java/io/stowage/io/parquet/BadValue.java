package io.stowage.io.parquet;

/** A value that does not become a component; the message goes on from where the row is named. */
final class BadValue extends RuntimeException {
  BadValue(String message) {
    super(message, null, false, false);
  }
}

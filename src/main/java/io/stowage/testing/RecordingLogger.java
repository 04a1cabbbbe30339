package io.stowage.testing;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what is logged, of every level. */
final class RecordingLogger implements System.Logger {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public String getName() {
    return "stowage.testing";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
    lines.add(level.getName() + " " + (thrown == null ? message : message + ": " + thrown));
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
    lines.add(level.getName() + " " + formatted(format, values));
  }

  private static String formatted(String format, @Nullable Object @Nullable [] values) {
    if (values == null || values.length == 0) {
      return format;
    }
    try {
      return MessageFormat.format(format, values);
    } catch (IllegalArgumentException e) {
      return format + " " + Arrays.toString(values);
    }
  }
}

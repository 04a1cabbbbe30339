package io.stowage.io.object;

import java.time.Duration;
import java.util.Optional;

/** Settings with the defaults that the configuration gives them. */
public record IoSettings(
    String store, Optional<String> prefix, Layout layout, boolean verify, int parallelism)
    implements ObjectIoSettings {
  @Override
  public RetentionSettings retention() {
    return new RetentionSettings() {
      @Override
      public int keep() {
        return 3;
      }

      @Override
      public Duration age() {
        return Duration.ZERO;
      }
    };
  }

  @Override
  public QuarantineSettings quarantine() {
    return QuarantineSettings.OFF;
  }

  public static IoSettings defaults() {
    return new IoSettings("default", Optional.empty(), Layout.VERSIONED, true, 8);
  }

  IoSettings flat() {
    return new IoSettings(store, prefix, Layout.FLAT, verify, parallelism);
  }

  IoSettings prefix(String text) {
    return new IoSettings(store, Optional.of(text), layout, verify, parallelism);
  }

  IoSettings unverified() {
    return new IoSettings(store, prefix, layout, false, parallelism);
  }
}

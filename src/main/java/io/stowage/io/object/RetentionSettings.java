package io.stowage.io.object;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * What a sweep leaves of what was replaced, in layout {@code versioned}: what is beyond {@link
 * #keep} and older than {@link #age} goes. A sweep's own options stand above them.
 */
public interface RetentionSettings {
  /** How many materializations of each asset and partition stay, the current one included. */
  @WithDefault("3")
  int keep();

  /** What is younger stays: {@code 30d}. */
  @WithDefault("PT0S")
  Duration age();
}

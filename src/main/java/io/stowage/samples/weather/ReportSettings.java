package io.stowage.samples.weather;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.stowage.io.object.ObjectIoSettings;

/** Settings of an IO manager of type {@code report}. */
@ConfigMapping
public interface ReportSettings extends ObjectIoSettings {
  /** What stands above the report. */
  @WithDefault("The weather, month by month")
  String title();

  /** How it is written: {@code markdown}, or {@code text}. */
  @WithDefault("markdown")
  Style style();

  /** How many characters the bar of the rainiest month takes; 0 draws no bars. */
  @WithDefault("20")
  int width();

  /** How a report is written. */
  enum Style {
    MARKDOWN,
    TEXT
  }
}

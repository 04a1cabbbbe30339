package io.stowage.samples.weather;

import java.util.Locale;

enum Sky {
  SUN,
  FOG,
  DRIZZLE,
  RAIN,
  SNOW;

  static Sky of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

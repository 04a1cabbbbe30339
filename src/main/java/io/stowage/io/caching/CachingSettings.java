package io.stowage.io.caching;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of IO managers of type {@code caching}. */
@ConfigMapping
public interface CachingSettings {
  /** The IO manager whose loads are kept, by its key. */
  String wraps();

  /** How many values are kept at most; the one that was not asked for the longest goes first. */
  @WithDefault("100")
  int maxEntries();

  /**
   * How many bytes the kept values have at most, as they are stored; without it the number alone is
   * the bound. A value whose stored size is not known is not kept then.
   */
  Optional<Long> maxBytes();
}

package io.stowage.io.object;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * The settings that every IO manager over an object store has; a format's own settings extend them.
 */
public interface ObjectIoSettings {
  /** The store, by its name in {@code stowage.stores.<name>}. */
  @WithDefault("default")
  String store();

  /**
   * A folder in the store, {@code teams/weather}, that all objects of this manager lie in; the
   * store's root by default.
   */
  Optional<String> prefix();

  /** How objects are named: {@code versioned}, or {@code flat}. */
  @WithDefault("versioned")
  Layout layout();

  /**
   * Whether the checksum in the ledger is compared with what is read, where it is read to its end.
   * An object of another size is refused before anything of it is read. Without it only what the
   * format itself finds damaged is refused: a file that was replaced by another, or changed within
   * a value, is loaded as it is.
   */
  @WithDefault("true")
  boolean verify();

  /**
   * How many partitions of one input are loaded at the same time, where it is a list or a map; a
   * stream reads one by one.
   */
  @WithDefault("8")
  int parallelism();

  /** What a sweep leaves of what was replaced. */
  RetentionSettings retention();

  /** Rows that cannot be stored or loaded, and how many of them are borne. */
  QuarantineSettings quarantine();
}

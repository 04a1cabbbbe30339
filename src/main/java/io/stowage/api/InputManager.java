package io.stowage.api;

import org.jspecify.annotations.Nullable;

/**
 * Loads inputs. An {@link IoManager} is one that stores as well.
 *
 * <p>One instance serves all runs of a worker, from several threads at once. A manager that is
 * {@link AutoCloseable} is closed when the worker ends.
 */
public interface InputManager {
  /**
   * Loads what the context names, as the declared type of the input.
   *
   * <p>Several partitions: a {@code Map<String, T>} by the partition keys' text, in their order,
   * where the input is declared so; one concatenated {@code List} or {@code Stream} where it is
   * declared so. A stream is read as the author pulls, and closed after the step on every path.
   *
   * @return the value; null only where null was stored
   * @throws StowageException {@code NOT_MATERIALIZED} where there is nothing to load, naming asset,
   *     partition and location; {@code BAD_DATA} where it cannot be read as the declared type;
   *     {@code UNAVAILABLE} where trying again may help. Anything else thrown is a failure of the
   *     step, of kind {@code ASSET}
   */
  @Nullable Object loadInput(InputContext context) throws Exception;

  /**
   * Whether anything that was stored can be loaded as {@link GenericType#ROWS}, without its class.
   * Values that do not consist of rows are then one row, of their fields, or of one column {@code
   * value}.
   */
  default boolean loadsRows() {
    return false;
  }
}

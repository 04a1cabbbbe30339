package io.stowage.engine;

import io.stowage.api.InputManager;
import io.stowage.api.IoManager;

/** The managers by key, as one run sees them: made on first use, with the run's overrides. */
public interface IoManagers extends AutoCloseable {
  /**
   * @throws io.stowage.api.StowageException {@code UNKNOWN_MANAGER} where none is configured under
   *     the key, {@code INVALID_CONFIGURATION} where it only loads or its settings are wrong
   */
  IoManager storing(String key);

  /** As {@link #storing}, of a manager that need only load. */
  InputManager loading(String key);

  /** Closes what was made for this run. */
  @Override
  void close();
}

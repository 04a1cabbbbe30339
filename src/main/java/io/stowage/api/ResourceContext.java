package io.stowage.api;

/** What a factory is told beside its settings. */
public interface ResourceContext {
  /** The IO manager key that is being made, {@code lake}. */
  String key();

  /**
   * The resource that is configured under the name, one instance for all who ask: an {@code
   * ObjectStore} or a {@code PostgresDatabase} of {@code stowage.stores.<name>}, or an {@link
   * InputManager} of {@code stowage.io.<name>} to wrap. It is created before the one that asks, and
   * closed after it.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where no such resource is configured,
   *     naming the property to set
   */
  <R> R resource(Class<R> type, String name);
}

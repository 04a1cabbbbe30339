package io.stowage.api;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes managers of one type from their settings. Bears {@link IoManagerType}.
 *
 * @param <S> the settings: an interface annotated {@code @ConfigMapping}, which is mapped on {@code
 *     stowage.io.<key>.*}. A missing or malformed setting stops the worker with the property's full
 *     name
 */
public interface IoManagerFactory<S> {
  /**
   * Makes the manager configured under {@link ResourceContext#key}. Called once for each key of a
   * worker, on first use, and once more for each run that overrides its settings.
   *
   * @return an {@link IoManager}, or an {@link InputManager} where the type only loads; closed at
   *     the end of the worker (or run) if it is {@link AutoCloseable}
   */
  InputManager create(S settings, ResourceContext context) throws Exception;

  /**
   * Whether the managers store values of the declared type; asked when a worker starts, which is
   * refused where one of its assets has another, and before any manager is made.
   */
  default boolean stores(S settings, Type type) {
    return true;
  }

  /**
   * Whether the managers load inputs of the declared type; asked when a worker starts. Where an
   * input is a map by partition key, it is asked for the type of the values.
   */
  default boolean loads(S settings, Type type) {
    return true;
  }

  /**
   * A place that holds one output alone.
   *
   * @param store its store, by name; other names of the same database are the same place
   * @param what it is there, as it reads in a message: {@code table shop.orders}
   * @param advice what to do for another to have a place of its own
   */
  record Place(String store, String what, String advice) {}

  /**
   * Where the managers store an output that nothing else can be stored in, a table for instance.
   * Asked when a worker starts, which is refused where two outputs come to the same one. Empty,
   * which is the default, where an output's key is a place of its own.
   *
   * @param asset the output's key; of an op, the one that stands for any run
   * @param metadata constants of the output
   * @param options of the output
   * @throws StowageException where it can be stored nowhere
   */
  default Optional<Place> place(
      S settings, AssetKey asset, Map<String, String> metadata, Map<String, String> options) {
    return Optional.empty();
  }

  /**
   * The keys of the managers that {@link #create} asks its context for, by these settings. One that
   * is not configured stops the worker when it starts, and not only the run that comes first; what
   * a wrapper stores and loads, those that it wraps must too.
   */
  default List<String> wraps(S settings) {
    return List.of();
  }

  /**
   * Those of {@link #wraps} that the managers store by. Where one of them only loads, so do these,
   * and a worker with an asset that they are to store does not start.
   */
  default List<String> storesBy(S settings) {
    return List.of();
  }
}

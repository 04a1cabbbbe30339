package io.stowage.catalog.build;

import io.stowage.catalog.AssetDeclaration;
import jakarta.enterprise.invoke.Invoker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The event by which each class of assets tells what is in it. Fired once, when a worker starts.
 */
public final class FoundAssets {
  private final List<Found> assets = new ArrayList<>();
  private final List<FoundDefinition> definitions = new ArrayList<>();
  private final Map<String, Class<?>> classes = new HashMap<>();

  /**
   * An annotated method and the way to call it without reflection; the instance is looked up by the
   * invoker.
   */
  public record Found(AssetDeclaration declaration, Invoker<?, ?> invoker) {}

  /**
   * A method without parameters that returns a partitions definition.
   *
   * @param name that assets know the definition by
   * @param method for messages
   */
  public record FoundDefinition(String name, String method, Invoker<?, ?> invoker) {}

  public List<FoundDefinition> definitions() {
    return definitions;
  }

  public List<Found> assets() {
    return assets;
  }

  /** The classes that the declared types name, by name. */
  public Map<String, Class<?>> classes() {
    return classes;
  }
}

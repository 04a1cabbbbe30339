package io.stowage.app;

import io.stowage.api.AssetKey;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.catalog.build.FoundAssets;
import io.stowage.engine.AssetFunction;
import io.stowage.engine.AssetFunctions;
import io.stowage.engine.DeclaredTypes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.invoke.Invoker;
import jakarta.inject.Inject;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The assets that the build found: their graph, and the way to call each. */
@ApplicationScoped
public class Assets implements AssetFunctions {
  private final AssetGraph graph;
  private final Map<String, AssetFunction> functions = new HashMap<>();
  private final Map<String, Class<?>> classes;

  @Inject
  Assets(Event<FoundAssets> event) {
    var found = new FoundAssets();
    event.fire(found);
    graph = AssetGraph.of(new Definitions(found.definitions()).defined(found.assets()));
    found
        .assets()
        .forEach(asset -> functions.put(asset.declaration().step(), function(asset.invoker())));
    classes = found.classes();
  }

  @SuppressWarnings("unchecked")
  private static AssetFunction function(Invoker<?, ?> invoker) {
    var typed = (Invoker<Object, @Nullable Object>) invoker;
    return arguments -> typed.invoke(null, arguments);
  }

  AssetGraph graph() {
    return graph;
  }

  @Override
  public AssetFunction function(String step) {
    AssetFunction function = functions.get(step);
    if (function == null) {
      throw new IllegalArgumentException("there is no step '" + step + "'");
    }
    return function;
  }

  @Override
  public Class<?> type(String name) {
    Class<?> type = classes.get(name);
    if (type == null) {
      throw new IllegalArgumentException("no class was kept for the type '" + name + "'");
    }
    return type;
  }

  /** The type that an asset of this application is stored as; empty where it is not one. */
  Optional<Type> storedType(AssetKey key) {
    return graph
        .producer(key)
        .flatMap(
            spec ->
                spec.outputs().stream().filter(output -> output.asset().equals(key)).findFirst())
        .filter(OutputDeclaration::stored)
        .map(output -> DeclaredTypes.resolve(output.storedType(), this::type));
  }
}

package io.stowage.app;

import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.build.FoundAssets;
import io.stowage.engine.AssetFunction;
import io.stowage.engine.AssetFunctions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.invoke.Invoker;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
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
}

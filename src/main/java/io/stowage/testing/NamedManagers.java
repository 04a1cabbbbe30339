package io.stowage.testing;

import io.stowage.api.ErrorCode;
import io.stowage.api.InputManager;
import io.stowage.api.IoManager;
import io.stowage.api.StowageException;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.OutputDeclaration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The IO manager keys that assets name, and whether what was given under them will do. */
final class NamedManagers {
  private NamedManagers() {}

  static Set<String> of(AssetGraph graph) {
    var keys = new TreeSet<String>();
    for (AssetSpec spec : graph.steps()) {
      spec.outputs().forEach(output -> keys.add(output.ioManager()));
      spec.inputs().forEach(input -> input.declaration().manager().ifPresent(keys::add));
    }
    return keys;
  }

  static StowageException unknown(String key, Set<String> keys) {
    return new StowageException(
        ErrorCode.UNKNOWN_MANAGER,
        "no asset names the IO manager '"
            + key
            + "': they name '"
            + String.join("', '", keys)
            + "'");
  }

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION}, a line for each fault
   */
  static void check(AssetGraph graph, Map<String, InputManager> given) {
    var faults = new ArrayList<String>();
    for (AssetSpec spec : graph.steps()) {
      spec.outputs().stream()
          .filter(OutputDeclaration::stored)
          .filter(output -> onlyLoads(given.get(output.ioManager())))
          .forEach(
              output ->
                  faults.add(
                      "asset '"
                          + output.asset()
                          + "' is to be stored by IO manager '"
                          + output.ioManager()
                          + "', which only loads"));
    }
    if (!faults.isEmpty()) {
      throw AnnotatedClasses.fault(String.join("\n", faults));
    }
  }

  private static boolean onlyLoads(@Nullable InputManager manager) {
    return manager != null && !(manager instanceof IoManager);
  }
}

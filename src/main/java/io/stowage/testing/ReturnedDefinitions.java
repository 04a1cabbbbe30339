package io.stowage.testing;

import io.stowage.api.partition.Partitions;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.engine.AssetFunction;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Partitions definitions that methods of the given classes return, each asked once. */
final class ReturnedDefinitions {
  private final Map<String, PartitionsDefinition> definitions = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * Asks the method.
   *
   * @param function the way to call it
   */
  void add(Method method, AssetFunction function) {
    String name = method.getAnnotation(Partitions.class).value();
    String who = method.getDeclaringClass().getName() + "." + method.getName();
    if (method.getParameterCount() > 0
        || !PartitionsDefinition.class.isAssignableFrom(method.getReturnType())) {
      faults.add(
          who
              + " is annotated @Partitions, so it is an asset, or returns a PartitionsDefinition and has no parameters");
    } else if (asked(function, name, who) instanceof PartitionsDefinition definition
        && definitions.putIfAbsent(name, definition) != null) {
      faults.add("partitions '" + name + "' are defined twice, the second time by " + who);
    }
  }

  private @Nullable Object asked(AssetFunction function, String name, String who) {
    try {
      Object definition = function.call(new Object[0]);
      if (definition == null) {
        faults.add("the partitions '" + name + "' are not known: " + who + " returned null");
      }
      return definition;
    } catch (Exception e) {
      faults.add("the partitions '" + name + "' are not known: " + who + " failed: " + e);
      return null;
    }
  }

  /** The declaration with its definition. */
  AssetDeclaration defined(AssetDeclaration declaration) {
    Optional<String> name = declaration.partitionsMethod();
    if (name.isEmpty()) {
      return declaration;
    }
    PartitionsDefinition definition = definitions.get(name.get());
    if (definition == null) {
      faults.add(
          declaration.method()
              + " has the partitions '"
              + name.get()
              + "', which no method of the given classes defines");
      return declaration;
    }
    return declaration.defined(definition);
  }

  List<String> faults() {
    return faults;
  }
}

package io.stowage.catalog.build;

import io.stowage.api.AssetKey;
import io.stowage.api.Input;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.Gathering;
import io.stowage.catalog.InputDeclaration;
import jakarta.enterprise.lang.model.declarations.ParameterInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a parameter over several assets: an input for each, of the same position. */
final class GatheredInputs {
  private static final Set<String> LISTS =
      Set.of("java.util.List", "java.util.Collection", "java.lang.Iterable");

  private GatheredInputs() {}

  /** The input as it is, where its annotation names no assets. */
  static List<InputDeclaration> of(InputDeclaration input, ParameterInfo parameter) {
    List<String> assets = new Attributes(parameter.annotation(Input.class)).texts("assets");
    if (assets.isEmpty()) {
      return List.of(input);
    }
    if (input.given().isPresent()) {
      throw LanguageModelReader.fault(
          "input '" + input.name() + "' names one asset and several: leave one of the two out");
    }
    if (Set.copyOf(assets).size() != assets.size()) {
      throw LanguageModelReader.fault(
          "input '" + input.name() + "' names an asset twice: " + String.join(", ", assets));
    }
    Gathering gathering = gathering(input);
    return assets.stream().map(asset -> each(input, AssetKey.of(asset), gathering)).toList();
  }

  private static Gathering gathering(InputDeclaration input) {
    DeclaredType type = input.type();
    if (LISTS.contains(type.name()) && type.arguments().size() == 1) {
      return Gathering.LIST;
    }
    if (type.is("java.util.Map")
        && type.arguments().size() == 2
        && type.arguments().getFirst().is("java.lang.String")) {
      return Gathering.MAP;
    }
    throw LanguageModelReader.fault(
        "input '%s' is over several assets, so it must be a List<T> or a Map<String, T>, not a %s"
            .formatted(input.name(), type));
  }

  private static InputDeclaration each(
      InputDeclaration input, AssetKey asset, Gathering gathering) {
    return new InputDeclaration(
        input.position(),
        input.name(),
        input.type().arguments().getLast(),
        Optional.of(asset),
        input.manager(),
        input.options(),
        input.metadata(),
        input.orderOnly(),
        input.allowMissingPartitions(),
        input.mapping(),
        gathering);
  }
}

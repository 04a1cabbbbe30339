package io.stowage.catalog;

import java.util.Map;
import java.util.Optional;

/** Parameters whose types are those of what is told or returned, and of no asset. */
final class ParameterRules {
  private static final String TOLD = ", which an IO manager is told: take an AssetContext";
  private static final String RETURNED = ", which a method returns: take the value itself";
  private static final Map<String, String> NO_VALUES =
      Map.of(
          "io.stowage.api.OutputContext", TOLD,
          "io.stowage.api.InputContext", TOLD,
          "io.stowage.api.StepContext", TOLD,
          "io.stowage.api.ResourceContext", TOLD,
          "java.lang.System$Logger", ", which no asset is: take an AssetContext, and its log()",
          "io.stowage.api.Output", RETURNED,
          "io.stowage.api.DynamicOutput", RETURNED,
          "io.stowage.api.MaterializeResult", RETURNED);

  private ParameterRules() {}

  static Optional<String> fault(AssetDeclaration declaration, InputDeclaration input) {
    return Optional.ofNullable(NO_VALUES.get(input.type().name()))
        .map(
            why ->
                "parameter '"
                    + input.name()
                    + "' of "
                    + declaration.method()
                    + " is of type "
                    + input.type().simple()
                    + why);
  }
}

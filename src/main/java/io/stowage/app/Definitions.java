package io.stowage.app;

import io.stowage.api.ErrorCode;
import io.stowage.api.StowageException;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetDeclaration;
import io.stowage.catalog.build.FoundAssets.Found;
import io.stowage.catalog.build.FoundAssets.FoundDefinition;
import jakarta.enterprise.invoke.Invoker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The partitions definitions that methods of the author's return, each asked once. */
final class Definitions {
  private final Map<String, FoundDefinition> methods = new HashMap<>();
  private final Map<String, PartitionsDefinition> answers = new HashMap<>();

  Definitions(List<FoundDefinition> found) {
    found.forEach(definition -> methods.put(definition.name(), definition));
  }

  /**
   * The declarations, each with its definition.
   *
   * @throws StowageException {@code INVALID_CONFIGURATION} where a method fails, naming it
   */
  List<AssetDeclaration> defined(List<Found> assets) {
    return assets.stream().map(Found::declaration).map(this::defined).toList();
  }

  private AssetDeclaration defined(AssetDeclaration declaration) {
    return declaration
        .partitionsMethod()
        .map(name -> declaration.defined(definition(name, declaration)))
        .orElse(declaration);
  }

  private PartitionsDefinition definition(String name, AssetDeclaration declaration) {
    PartitionsDefinition known = answers.get(name);
    if (known != null) {
      return known;
    }
    FoundDefinition found = methods.get(name);
    if (found == null) {
      throw fault(
          declaration.method() + " has the partitions '" + name + "', which no method defines",
          null);
    }
    PartitionsDefinition answer = asked(found);
    answers.put(name, answer);
    return answer;
  }

  @SuppressWarnings("unchecked")
  private static PartitionsDefinition asked(FoundDefinition found) {
    Object answer;
    try {
      answer = ((Invoker<Object, @Nullable Object>) found.invoker()).invoke(null, new Object[0]);
    } catch (Exception e) {
      throw fault(
          "the partitions '"
              + found.name()
              + "' are not known: "
              + found.method()
              + " failed: "
              + e,
          e);
    }
    if (answer instanceof PartitionsDefinition definition) {
      return definition;
    }
    throw fault(
        "the partitions '" + found.name() + "' are not known: " + found.method() + " returned null",
        null);
  }

  private static StowageException fault(String message, @Nullable Exception cause) {
    return cause == null
        ? new StowageException(ErrorCode.INVALID_CONFIGURATION, message)
        : new StowageException(ErrorCode.INVALID_CONFIGURATION, message, cause);
  }
}

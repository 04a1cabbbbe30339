package io.stowage.control.page;

import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.DeclaredType;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.control.Overview.Declared;

/** How to load an asset, written as Java. */
final class JavaCode {
  private JavaCode() {}

  static String of(Declared asset, String partition) {
    AssetSpec spec = asset.spec();
    OutputDeclaration output = spec.output(asset.key());
    String key = asset.key().toString();
    String name = key.substring(key.lastIndexOf('/') + 1).replaceAll("\\W", "_");
    DeclaredType type = output.storedType();
    boolean many = isMany(type);
    String element = (many ? type.element() : type).simple();
    String declared = many ? "List<" + element + ">" : boxless(element);
    return """
    // as an input of another asset
    @Asset double next(@Input("%s") %s %s) { … }

    // anywhere else
    @Inject AssetValues values;
    %s %s = values.of("%s")%s.%s(%s.class);
    """
        .formatted(
            key,
            declared,
            name,
            declared,
            name,
            key,
            spec.partitions().isPresent() ? ".partition(\"" + partition + "\")" : "",
            many ? "list" : "load",
            element);
  }

  static String command(Declared asset, String partition) {
    return "stowage value "
        + asset.key()
        + (asset.spec().partitions().isPresent() ? " --partition '" + partition + "'" : "");
  }

  private static boolean isMany(DeclaredType type) {
    return (type.is("java.util.List") || type.is("java.util.stream.Stream"))
        && !type.arguments().isEmpty();
  }

  private static String boxless(String element) {
    return switch (element) {
      case "double" -> "Double";
      case "long" -> "Long";
      case "int" -> "Integer";
      case "boolean" -> "Boolean";
      default -> element;
    };
  }
}

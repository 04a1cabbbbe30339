package io.stowage.catalog.build;

import io.stowage.api.partition.Partitions;
import io.stowage.catalog.AssetDeclaration;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.InvokerFactory;
import jakarta.enterprise.inject.build.compatible.spi.InvokerInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Reads methods that return a partitions definition. */
final class DefinitionReader {
  private static final String HOME = "io.stowage.api.partition.";

  private DefinitionReader() {}

  record Found(String name, String method, InvokerInfo invoker) {}

  static Optional<Found> read(BeanInfo bean, MethodInfo method, InvokerFactory invokers) {
    if (!method.hasAnnotation(Partitions.class) || JobReader.isStep(method)) {
      return Optional.empty();
    }
    String name = bean.declaringClass().name() + "." + method.name();
    if (!method.parameters().isEmpty() || !isDefinition(method.returnType())) {
      throw LanguageModelReader.fault(
          name
              + " is annotated @Partitions, so it is an asset, or returns a PartitionsDefinition and has no parameters");
    }
    return Optional.of(
        new Found(
            new Attributes(method.annotation(Partitions.class)).text("value"),
            name,
            invokers.createInvoker(bean, method).withInstanceLookup().build()));
  }

  private static boolean isDefinition(Type type) {
    if (!type.isClass()) {
      return false;
    }
    String name = type.asClass().declaration().name();
    return name.startsWith(HOME) && name.endsWith("Definition");
  }

  /** What is wrong between assets and definitions, a sentence each. */
  static List<String> faults(
      Collection<AssetDeclaration> declarations, Collection<Found> definitions) {
    var faults = new ArrayList<String>();
    var named = new HashMap<String, String>();
    for (Found found : definitions) {
      String other = named.putIfAbsent(found.name, found.method);
      if (other != null) {
        faults.add(
            "partitions '"
                + found.name
                + "' are defined twice: by "
                + other
                + " and by "
                + found.method);
      }
    }
    for (AssetDeclaration declaration : declarations) {
      declaration
          .partitionsMethod()
          .filter(name -> !named.containsKey(name))
          .ifPresent(
              name ->
                  faults.add(
                      declaration.method()
                          + " has the partitions '"
                          + name
                          + "', which no method defines: annotate one that returns a PartitionsDefinition @Partitions(\""
                          + name
                          + "\")"));
    }
    return faults;
  }
}

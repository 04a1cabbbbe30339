package io.stowage.catalog.build;

import io.stowage.api.partition.BackfillPolicy;
import io.stowage.api.partition.PartitionAnnotations;
import io.stowage.api.partition.Partitions;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.RangeRules;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The definition that the annotations of partitions on a method make together; an annotation may
 * bear them for it.
 */
final class PartitionReader {
  /** What the compiler puts several of one type into. */
  private static final String SEVERAL = "$List";

  private PartitionReader() {}

  static Optional<PartitionsDefinition> definition(MethodInfo method) {
    return definition(method.annotations());
  }

  static Optional<PartitionsDefinition> definition(Collection<AnnotationInfo> annotations) {
    var found = new ArrayList<PartitionsDefinition>();
    collect(annotations, found, new HashSet<>());
    return found.isEmpty() ? Optional.empty() : Optional.of(PartitionAnnotations.compose(found));
  }

  /** The name of the definition that a method of the author's returns; empty where none does. */
  static Optional<String> definedBy(MethodInfo method) {
    String name = new Attributes(method.annotation(Partitions.class)).text("value");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (definition(method).isPresent()) {
      throw LanguageModelReader.fault(
          "it has the partitions '" + name + "' and annotated ones: leave one of them out");
    }
    return Optional.of(name);
  }

  private static boolean isOfPartitions(String name) {
    return PartitionAnnotations.types().stream().anyMatch(type -> type.getName().equals(name));
  }

  static int maxPartitionsPerRun(MethodInfo method) {
    var policy = new Attributes(method.annotation(BackfillPolicy.class));
    return RangeRules.maxPartitionsPerRun(
        policy.word("value", "MULTI_RUN"), policy.number("maxPartitionsPerRun", 1));
  }

  private static void collect(
      Collection<AnnotationInfo> annotations, List<PartitionsDefinition> found, Set<String> seen) {
    for (AnnotationInfo annotation : annotations) {
      String name = annotation.name();
      if (isOfPartitions(name)) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        found.add(PartitionAnnotations.definition(simple, new Attributes(annotation).all()));
      } else if (name.endsWith(SEVERAL) && isOfPartitions(name.replace(SEVERAL, ""))) {
        collect(new Attributes(annotation).nested("value"), found, seen);
      } else if (!name.startsWith("java.") && seen.add(name)) {
        collect(annotation.declaration().annotations(), found, seen);
      }
    }
  }
}

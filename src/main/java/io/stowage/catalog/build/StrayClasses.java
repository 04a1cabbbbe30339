package io.stowage.catalog.build;

import io.stowage.api.AssetGroup;
import io.stowage.api.Job;
import io.stowage.api.partition.Partitions;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Classes that declare steps, whether or not they are beans: what is no bean is seen by nobody
 * else, and its methods would be left out without a word.
 */
final class StrayClasses {
  private final Map<String, ClassInfo> found = new TreeMap<>();

  void met(ClassInfo type) {
    found.put(type.name(), type);
  }

  static boolean isGrouped(ClassInfo type) {
    return type.hasAnnotation(AssetGroup.class) || type.hasAnnotation(Job.class);
  }

  /**
   * A sentence for each method that neither its class nor a class below it can be asked for.
   *
   * @param owners the classes whose methods were read: of steps where they are grouped, else of
   *     partitions alone
   */
  List<String> faults(Collection<ClassInfo> owners) {
    var beans = new HashSet<String>();
    owners.forEach(owner -> addWithThoseAbove(owner, beans));
    var groups = new HashSet<String>();
    owners.stream()
        .filter(StrayClasses::isGrouped)
        .forEach(owner -> addWithThoseAbove(owner, groups));
    var faults = new ArrayList<String>();
    for (ClassInfo type : found.values()) {
      // one that could be a bean was left out by the application's own settings
      boolean leftOut = isGrouped(type) && !type.isAbstract() && !type.isInterface();
      for (MethodInfo method : type.methods()) {
        boolean step = JobReader.isStep(method);
        if (isStray(type, method) && !leftOut && !(step ? groups : beans).contains(type.name())) {
          faults.add(fault(type, method, step));
        }
      }
    }
    return faults;
  }

  private static void addWithThoseAbove(ClassInfo type, Set<String> names) {
    if (names.add(type.name())) {
      if (type.superClassDeclaration() != null) {
        addWithThoseAbove(type.superClassDeclaration(), names);
      }
      type.superInterfacesDeclarations().forEach(above -> addWithThoseAbove(above, names));
    }
  }

  /** Whether the class itself declares the method, and it wants to be asked for. */
  private static boolean isStray(ClassInfo type, MethodInfo method) {
    return method.declaringClass().name().equals(type.name())
        && (JobReader.isStep(method) || method.hasAnnotation(Partitions.class));
  }

  private static String fault(ClassInfo type, MethodInfo method, boolean step) {
    return type.name()
        + "."
        + method.name()
        + (step
            ? " is annotated as a step, but would never run: "
            : " is annotated @Partitions, but would never be asked: ")
        + (isGrouped(type)
            ? "its class is abstract, and none below it is annotated @AssetGroup or @Job"
            : "its class is neither a group of assets nor a job: annotate the class @AssetGroup or"
                + " @Job");
  }
}

package io.stowage.catalog.build;

import io.stowage.api.Asset;
import io.stowage.api.AssetCheck;
import io.stowage.api.AssetKey;
import io.stowage.api.MultiAsset;
import io.stowage.api.MultiOp;
import io.stowage.api.Op;
import io.stowage.api.StowageException;
import io.stowage.api.schedule.Schedule;
import io.stowage.catalog.JobDeclaration;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import java.lang.annotation.Annotation;
import java.util.List;

/** Reads what a class annotated {@code @Job} says, and tells ops from assets. */
final class JobReader {
  private static final List<Class<? extends Annotation>> STEPS =
      List.of(Asset.class, MultiAsset.class, AssetCheck.class, Op.class, MultiOp.class);

  private JobReader() {}

  /** Whether the method is a step, of whatever kind. */
  static boolean isStep(MethodInfo method) {
    return STEPS.stream().anyMatch(method::hasAnnotation);
  }

  static boolean isMulti(MethodInfo method) {
    return method.hasAnnotation(MultiAsset.class) || method.hasAnnotation(MultiOp.class);
  }

  static JobDeclaration job(ClassInfo owner, Attributes annotation) {
    String given = annotation.text("value");
    String name = given.isEmpty() ? named(owner.simpleName()) : given;
    try {
      return new JobDeclaration(
          AssetKey.of(name).toString(), annotation.text("description"), ScheduleReader.of(owner));
    } catch (StowageException e) {
      throw LanguageModelReader.fault(owner.name() + " cannot be a job: " + e.getMessage());
    }
  }

  private static String named(String simpleName) {
    return Character.toLowerCase(simpleName.charAt(0)) + simpleName.substring(1);
  }

  /** Refuses what does not belong into the class, and a method that is two things. */
  static void check(MethodInfo method, boolean inJob) {
    boolean op = method.hasAnnotation(Op.class) || method.hasAnnotation(MultiOp.class);
    if (op != inJob) {
      throw LanguageModelReader.fault(
          inJob
              ? "it stands in a job, whose methods are ops: annotate it @Op, or move it to an @AssetGroup"
              : "it is an op, but its class is a group of assets: move it to a class annotated @Job");
    }
    List<String> steps =
        STEPS.stream()
            .filter(method::hasAnnotation)
            .map(step -> "@" + step.getSimpleName())
            .toList();
    if (steps.size() > 1 && !method.hasAnnotation(AssetCheck.class)) {
      throw LanguageModelReader.fault(
          "it is annotated " + String.join(" and ", steps) + ": leave one of them out");
    }
    if (op && method.hasAnnotation(Schedule.class)) {
      throw LanguageModelReader.fault(
          "it is an op, which runs with its job: put @Schedule on the class in its place");
    }
    boolean partitioned =
        PartitionReader.definition(method).isPresent()
            || PartitionReader.definedBy(method).isPresent();
    if (op && partitioned) {
      throw LanguageModelReader.fault(
          "it is an op, which has the partitions of its job: annotate the class in its place");
    }
  }
}

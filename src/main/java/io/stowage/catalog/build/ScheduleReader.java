package io.stowage.catalog.build;

import io.stowage.api.schedule.CatchUp;
import io.stowage.api.schedule.Schedule;
import io.stowage.catalog.ScheduleDeclaration;
import jakarta.enterprise.lang.model.AnnotationTarget;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import java.util.Optional;

/** Reads {@code @Schedule}. */
final class ScheduleReader {
  private ScheduleReader() {}

  static Optional<ScheduleDeclaration> of(AnnotationTarget target) {
    if (!target.hasAnnotation(Schedule.class)) {
      return Optional.empty();
    }
    var schedule = new Attributes(target.annotation(Schedule.class));
    return Optional.of(
        new ScheduleDeclaration(
            schedule.text("cron"),
            schedule.text("zone"),
            CatchUp.valueOf(schedule.word("catchUp", CatchUp.LAST.name())),
            schedule.number("maxCatchUp", 100),
            schedule.flag("upstream")));
  }

  /** Of a method that computes nothing. */
  static Optional<String> fault(ClassInfo owner, MethodInfo method) {
    return method.hasAnnotation(Schedule.class)
        ? Optional.of(
            owner.name()
                + "."
                + method.name()
                + " has a schedule, but computes nothing that could be run: annotate it @Asset or @MultiAsset")
        : Optional.empty();
  }
}

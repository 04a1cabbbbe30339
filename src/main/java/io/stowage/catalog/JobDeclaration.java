package io.stowage.catalog;

import java.util.Optional;

/** What makes a step an op: the job that it belongs to. */
public record JobDeclaration(
    String name, String description, Optional<ScheduleDeclaration> schedule) {
  /** A job that runs only when it is asked for. */
  public JobDeclaration(String name, String description) {
    this(name, description, Optional.empty());
  }
}

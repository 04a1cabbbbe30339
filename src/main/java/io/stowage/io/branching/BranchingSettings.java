package io.stowage.io.branching;

import io.smallrye.config.ConfigMapping;

/** Settings of IO managers of type {@code branching}. */
@ConfigMapping
public interface BranchingSettings {
  /** The IO manager that stores, by its key. */
  String branch();

  /** The IO manager that loads what the branch has not stored, by its key; it may only load. */
  String parent();
}

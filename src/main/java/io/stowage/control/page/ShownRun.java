package io.stowage.control.page;

import io.stowage.protocol.RunKind;
import io.stowage.protocol.RunView;

/** What a run is of. */
final class ShownRun {
  private ShownRun() {}

  static String what(RunView run) {
    var spec = run.spec();
    String of = spec.assets().isEmpty() ? "job " + spec.jobName() : Shown.some(spec.assets());
    return spec.kind().equals(RunKind.ASSET.word()) ? of : spec.kind() + " of " + of;
  }
}

package io.stowage.io.object;

import io.smallrye.config.WithDefault;
import java.util.OptionalDouble;

/**
 * How many rows may be bad before the step fails; off where neither is set, so that the first bad
 * row fails it.
 */
public interface QuarantineSettings {
  /** What nobody has asked for. */
  QuarantineSettings OFF =
      new QuarantineSettings() {
        @Override
        public long maxRows() {
          return 0;
        }

        @Override
        public OptionalDouble maxRatio() {
          return OptionalDouble.empty();
        }
      };

  /** Bad rows of one object at most; one more fails at once. 0 for no such limit. */
  @WithDefault("0")
  long maxRows();

  /** Bad rows among all rows of one object, at most: 0.01 for one in a hundred. */
  OptionalDouble maxRatio();
}

package io.stowage.bench;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.stowage.api.Asset;
import io.stowage.api.AssetGroup;
import io.stowage.api.partition.StaticPartitions;
import io.stowage.testing.Materialize;
import jakarta.enterprise.inject.Vetoed;
import java.util.ArrayList;
import java.util.List;

/** What a step costs by itself: an asset that does nothing, kept in memory, no control plane. */
final class EngineBench {
  private EngineBench() {}

  @Vetoed
  @RegisterForReflection
  @AssetGroup("bench")
  static class Nothing {
    @Asset
    @StaticPartitions({"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"})
    long one() {
      return 1;
    }
  }

  static void run(int steps) {
    String[] all = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    System.setProperty("java.util.logging.config.file", "/dev/null");
    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.OFF);
    var assets = Materialize.assets(Nothing.class).partition(all);
    List<Double> micros = new ArrayList<>();
    for (int done = 0; done < 2 * steps; done += all.length) {
      long start = System.nanoTime();
      assets.run().orThrow();
      if (done >= steps) {
        micros.add((System.nanoTime() - start) / 1e3 / all.length);
      }
    }
    System.out.printf(
        "%,d steps in runs of %d: median %.1f µs a step, 99%% within %.1f µs%n",
        steps, all.length, Rounds.median(micros), Rounds.percentile(micros, 99));
  }
}

package io.stowage.engine.value;

import io.stowage.api.AssetKey;
import io.stowage.api.Materialization;
import io.stowage.api.UpstreamOutput;
import io.stowage.api.partition.PartitionsDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger, as who reads from outside a run asks it. Calls block; safe from any thread. */
public interface StoredAssets {
  /**
   * What is stored of the asset, and how it is declared.
   *
   * @throws io.stowage.api.StowageException {@code NOT_FOUND} where nobody knows the asset or the
   *     run, {@code UNKNOWN_PARTITION}, {@code UNAVAILABLE} where there is no answer
   */
  Stored find(Wanted wanted);

  /**
   * @param partitions keys as text; empty for all that are stored
   * @param at as it was at that time; null for now
   * @param runId as that run left it; null for now
   */
  record Wanted(
      AssetKey asset, List<String> partitions, @Nullable Instant at, @Nullable String runId) {
    public Wanted {
      partitions = List.copyOf(partitions);
    }

    boolean past() {
      return at != null || runId != null;
    }
  }

  /**
   * @param declared how the asset is declared now; empty where no catalog has it any more
   * @param materializations those that are there, in no order
   */
  record Stored(Optional<Declared> declared, List<Materialization> materializations) {
    public Stored {
      materializations = List.copyOf(materializations);
    }
  }

  /**
   * @param valued whether a manager stores the value at all
   */
  record Declared(
      UpstreamOutput output, boolean valued, Optional<PartitionsDefinition> partitions) {}
}

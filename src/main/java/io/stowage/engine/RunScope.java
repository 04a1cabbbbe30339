package io.stowage.engine;

import io.stowage.api.Cancellation;
import io.stowage.api.Materialization;
import io.stowage.catalog.AssetGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The world of one attempt at a run.
 *
 * @param committed what earlier attempts at this run committed, which is not executed again
 * @param leftOut optional outputs that they went without
 * @param attempt from 1
 * @param leaseId that this attempt is executed under; null outside of a queue
 * @param fence as {@link io.stowage.api.StepContext#fence}
 */
public record RunScope(
    AssetGraph graph,
    AssetFunctions functions,
    IoManagers managers,
    Ledger ledger,
    List<Committed> committed,
    List<LeftOut> leftOut,
    Cancellation cancellation,
    int attempt,
    @Nullable String leaseId,
    long fence) {
  public RunScope {
    committed = List.copyOf(committed);
    leftOut = List.copyOf(leftOut);
  }

  /** Of an attempt that nobody claimed. */
  public RunScope(
      AssetGraph graph,
      AssetFunctions functions,
      IoManagers managers,
      Ledger ledger,
      List<Committed> committed,
      Cancellation cancellation,
      int attempt) {
    this(graph, functions, managers, ledger, committed, List.of(), cancellation, attempt, null, 0);
  }

  /**
   * An optional output that a step went without.
   *
   * @param partition the key's text; empty without partitions
   */
  public record LeftOut(String step, String output, String partition) {}

  /** An output that this run has already. */
  public record Committed(String step, String output, Materialization materialization) {}
}

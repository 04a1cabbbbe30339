package io.stowage.api;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link InputManager} is told about the input that it is to load. The partitions and the
 * window are those of the upstream asset which the step's own were mapped to.
 */
public interface InputContext extends StepContext {
  /** The key of the upstream asset. */
  AssetKey asset();

  /** The parameter's name. */
  String inputName();

  /** The declared type of the input, which may differ from the type that was stored. */
  Type type();

  /** Constants of the input. */
  Map<String, String> metadata();

  /** Options of the input, {@link Input#options}. */
  Map<String, String> options();

  /** The output that is read; of an external asset its key and constants only. */
  UpstreamOutput upstreamOutput();

  /**
   * What was committed: one for each partition, in the partitions' order, or a single one for an
   * asset without partitions. Empty for an external asset, and where the upstream recorded no
   * location.
   */
  List<Materialization> materializations();

  /**
   * The committed materialization of an input without partitions, or with one; empty for an
   * external asset.
   */
  default Optional<Materialization> materialization() {
    return materializations().stream().findFirst();
  }

  /**
   * Whether several partitions can be mapped here, so that a map is by partition key; else a map is
   * one datum.
   */
  boolean byPartition();

  /** Whether partitions that are not there are left out. */
  boolean allowMissingPartitions();

  /**
   * Whether the materializations are those of an earlier time, that may have been replaced since. A
   * manager that keeps the last value alone must then refuse to give another for it.
   */
  default boolean ofThePast() {
    return false;
  }

  /** Adds metadata to the event that records the load; a label given again is replaced. */
  void addInputMetadata(String label, Object value);
}

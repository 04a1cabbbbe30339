package io.stowage.api;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One asset's value, to be read from outside a run. Immutable: what is asked for is said by copies,
 * and nobody is asked before one of the methods that read. Each of them asks the ledger anew.
 *
 * <p>What reading throws is a {@link StowageException}: {@code NOT_MATERIALIZED} where it, or a
 * partition of it, was never stored, or is gone; {@code NOT_FOUND} where nobody knows the asset or
 * the run; {@code UNKNOWN_PARTITION}; {@code UNKNOWN_MANAGER} and {@code INVALID_CONFIGURATION}
 * where this process cannot make the manager; {@code TYPE_MISMATCH} and {@code BAD_DATA} where the
 * value does not have the type; {@code UNAVAILABLE}.
 */
public interface AssetValue {
  /**
   * That partition, and those that were named before; without any, all that are stored, in the
   * order of their texts.
   *
   * @param key the key's text; of several dimensions {@code a|b}
   */
  AssetValue partition(String key);

  /** As it was at that time: what had been committed by then. */
  AssetValue asOf(Instant time);

  /**
   * As that run left it: what the run stored itself, else what was current when it ended, or now if
   * it has not. Takes the place of {@link #asOf}, and the other way round.
   *
   * @param runId a UUID
   */
  AssetValue asOfRun(String runId);

  /** Overrides a setting of the manager that is asked, for this reading alone. */
  AssetValue setting(String name, String value);

  /** As {@link #setting(String, String)}, of a manager by its key: one that is wrapped. */
  AssetValue setting(String ioManager, String name, String value);

  /** An option of the input, as {@link Input#options} says it. */
  AssetValue option(String name, String value);

  /** Asks another manager than the one that the asset names. */
  AssetValue manager(String key);

  /** What the ledger says is stored, in the order of the partitions; no manager is made. */
  List<Materialization> materializations();

  /**
   * The value as that type, as an input of the type would get it.
   *
   * @return null only where null was stored
   */
  <T> @Nullable T load(Class<T> type);

  /** As {@link #load(Class)}, of a type with arguments: {@link GenericType#of}. */
  @Nullable Object load(Type type);

  /** The rows, of several partitions one behind the other. */
  <T> List<T> list(Class<T> element);

  /** The rows as they are pulled. Close the stream: it holds an object open. */
  <T> Stream<T> stream(Class<T> element);

  /** The value of each partition, by the text of its key, also where there is only one. */
  <T> Map<String, @Nullable T> byPartition(Class<T> type);

  /** The rows of each partition, by the text of its key. */
  <T> Map<String, List<T>> listsByPartition(Class<T> element);

  /**
   * The rows without their class: values by the names of the columns, in their order. A value that
   * does not consist of rows is one row, of its fields, or of the one column {@code value}. Records
   * are maps, enums their names; else values are what they were stored as. Close the stream.
   *
   * @throws StowageException {@code TYPE_MISMATCH} where the manager cannot load without a class,
   *     and this application does not know the asset's
   */
  Stream<Map<String, @Nullable Object>> rows();
}

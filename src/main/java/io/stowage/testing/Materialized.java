package io.stowage.testing;

import io.stowage.api.AssetKey;
import io.stowage.api.ErrorCode;
import io.stowage.api.Materialization;
import io.stowage.api.StowageException;
import io.stowage.api.metadata.MetadataValue;
import io.stowage.engine.RunResult;
import io.stowage.engine.StepOutcome;
import io.stowage.plan.PlannedStep;
import io.stowage.testing.MadeValues.Made;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run of {@link Materialize}. Assets are named by their whole keys, partitions by
 * the text of theirs. Immutable.
 *
 * <p>A value is what was stored, read back as the type that the asset declares, a stream as the
 * list of its rows. One that is kept in memory is the run's own for good; one of a manager that the
 * test gave is read by that manager each time it is asked for.
 */
public final class Materialized {
  private final String runId;
  private final RunResult ended;
  private final MadeValues made;
  private final List<RunEvent> events;
  private final StoredValues values;

  Materialized(
      String runId, RunResult ended, MadeValues made, List<RunEvent> events, StoredValues values) {
    this.runId = runId;
    this.ended = ended;
    this.made = made;
    this.events = events;
    this.values = values;
  }

  public String runId() {
    return runId;
  }

  /** Whether no step failed. One may be skipped, for an optional output that was not emitted. */
  public boolean succeeded() {
    return ended.succeeded();
  }

  /** The first failure, in the order of the plan. */
  public Optional<Failure> failure() {
    return failures().stream().findFirst();
  }

  /** All failures, in the order of the plan; a step that was skipped did not fail. */
  public List<Failure> failures() {
    return ended.steps().stream()
        .filter(step -> step.outcome() instanceof StepOutcome.Failed)
        .map(Materialized::failure)
        .toList();
  }

  private static Failure failure(RunResult.Ended step) {
    var failed = (StepOutcome.Failed) step.outcome();
    return new Failure(
        step.step().spec().step(),
        step.step().partitionText(),
        failed.code(),
        failed.message(),
        failed.causes());
  }

  /**
   * This result, where no step failed.
   *
   * @throws StowageException with code and message of the first failure
   */
  public Materialized orThrow() {
    failure()
        .ifPresent(
            failure -> {
              throw new StowageException(failure.code(), failure.message());
            });
    return this;
  }

  /**
   * How each step of that name ended, by partition (empty text where it has none): {@code
   * succeeded}, {@code failed} or {@code skipped}; of one that computed a range, each partition as
   * the whole. Empty where the run had no such step.
   */
  public Map<String, String> outcomes(String step) {
    var outcomes = new LinkedHashMap<String, String>();
    ended.steps().stream()
        .filter(each -> each.step().spec().step().equals(step))
        .forEach(
            each ->
                each.step()
                    .partitionTexts()
                    .forEach(partition -> outcomes.put(partition, each.outcome().word())));
    return outcomes;
  }

  /**
   * The value of an asset without partitions, or of the only partition that the run made.
   *
   * @return null only where null was stored
   * @throws StowageException {@code NOT_MATERIALIZED} where the run made none, saying why: its step
   *     failed, was skipped, or was not part of the run; or where nothing is stored for the asset.
   *     {@code UNKNOWN_PARTITION} where there are several partitions
   */
  public @Nullable Object value(String asset) {
    return values.read(materialization(asset));
  }

  /** As {@link #value(String)}, of one partition. */
  public @Nullable Object value(String asset, String partition) {
    return values.read(materialization(asset, partition));
  }

  /**
   * The value, of that class.
   *
   * @throws StowageException as {@link #value(String)}; {@code TYPE_MISMATCH} where it is of
   *     another class, or null
   */
  public <T> T value(String asset, Class<T> type) {
    return cast(asset, type, value(asset));
  }

  /** As {@link #value(String, Class)}, of one partition. */
  public <T> T value(String asset, String partition, Class<T> type) {
    return cast(asset, type, value(asset, partition));
  }

  /** The rows of a list or a stream; throws as {@link #value(String, Class)}. */
  public <T> List<T> rows(String asset, Class<T> type) {
    return rows(asset, type, value(asset));
  }

  /** As {@link #rows(String, Class)}, of one partition. */
  public <T> List<T> rows(String asset, String partition, Class<T> type) {
    return rows(asset, type, value(asset, partition));
  }

  private static <T> List<T> rows(String asset, Class<T> type, @Nullable Object value) {
    Collection<?> all = cast(asset, Collection.class, value);
    return all.stream().<T>map(row -> cast(asset, type, row)).toList();
  }

  private static <T> T cast(String asset, Class<T> type, @Nullable Object value) {
    if (!type.isInstance(value)) {
      throw new StowageException(
          ErrorCode.TYPE_MISMATCH,
          "asset '%s' was to be a %s, but is %s"
              .formatted(
                  asset,
                  type.getTypeName(),
                  value == null ? "null" : "a " + value.getClass().getTypeName()));
    }
    return type.cast(value);
  }

  /**
   * The values of all partitions that the run made of the asset, by the text of their keys, in the
   * definition's order.
   */
  public Map<String, @Nullable Object> values(String asset) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    of(asset, _ -> true).forEach(each -> all.put(each.name(), values.read(each.materialization())));
    return all;
  }

  /** What the run recorded, in the order in which it did. */
  public List<Materialization> materializations() {
    return made.all();
  }

  /** The record of an asset; throws as {@link #value(String)}. */
  public Materialization materialization(String asset) {
    var found = of(asset, _ -> true);
    if (found.size() > 1) {
      throw new StowageException(
          ErrorCode.UNKNOWN_PARTITION,
          "asset '%s' was materialized for partitions %s: name one"
              .formatted(asset, found.stream().map(Made::name).toList()));
    }
    return found.stream()
        .findFirst()
        .map(Made::materialization)
        .orElseThrow(() -> missing(asset, ""));
  }

  /** The record of a partition; throws as {@link #value(String)}. */
  public Materialization materialization(String asset, String partition) {
    return of(asset, each -> each.name().equals(partition)).stream()
        .findFirst()
        .map(Made::materialization)
        .orElseThrow(() -> missing(asset, partition));
  }

  /** What is recorded with the materialization; throws as {@link #value(String)}. */
  public Map<String, MetadataValue> metadata(String asset) {
    return materialization(asset).metadata();
  }

  /** As {@link #metadata(String)}, of one partition. */
  public Map<String, MetadataValue> metadata(String asset, String partition) {
    return materialization(asset, partition).metadata();
  }

  /** What happened, in order. */
  public List<RunEvent> events() {
    return events;
  }

  /** The events of one type, in order. */
  public List<RunEvent> events(String type) {
    return events.stream().filter(event -> event.type().equals(type)).toList();
  }

  private List<Made> of(String asset, Predicate<Made> which) {
    return made.of(AssetKey.of(asset)).stream()
        .filter(which)
        .sorted(Comparator.comparingInt(each -> place(each.materialization())))
        .toList();
  }

  /** In the plan, whose steps end in any order. */
  private int place(Materialization one) {
    return ended.steps().stream()
        .map(RunResult.Ended::step)
        .filter(step -> step.partitionTexts().contains(one.partition()))
        .mapToInt(PlannedStep::place)
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }

  private StowageException missing(String asset, String partition) {
    AssetKey key = AssetKey.of(asset);
    String what =
        "asset '" + asset + "'" + (partition.isEmpty() ? "" : " partition '" + partition + "'");
    String why =
        ended.steps().stream()
            .filter(
                each ->
                    each.step().spec().outputs().stream()
                        .anyMatch(output -> output.asset().equals(key)))
            .filter(each -> partition.isEmpty() || each.step().partitionTexts().contains(partition))
            .map(each -> why(each.outcome()))
            .findFirst()
            .orElseGet(() -> "it was no part of this run, which had " + steps());
    return new StowageException(ErrorCode.NOT_MATERIALIZED, what + " was not materialized: " + why);
  }

  private static String why(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Failed(_, String message, _, _) -> message;
      case StepOutcome.Skipped(String reason) -> "it was skipped, since it " + reason;
      case StepOutcome.Succeeded _, StepOutcome.Superseded _ ->
          "it is an optional output that was not emitted";
      case StepOutcome.Canceled _ -> "the run was canceled";
      case StepOutcome.Lost _ -> "the run was lost";
    };
  }

  private List<String> steps() {
    return ended.steps().stream().map(each -> each.step().toString()).toList();
  }
}

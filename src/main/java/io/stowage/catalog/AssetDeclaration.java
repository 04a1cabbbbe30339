package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.partition.PartitionsDefinition;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One annotated method, whoever read it.
 *
 * @param step the step's name: the asset's key, or the multi-asset's own
 * @param method {@code com.example.WeatherAssets.monthly}, for messages
 * @param group components of the group, joined by a slash; empty where there are none
 * @param tags by name; the value is empty where none was given
 * @param parameterCount of the method, its inputs and contexts
 * @param contexts positions of the parameters of type {@code AssetContext}
 * @param after assets that must be there before, without being loaded
 * @param partitions as annotated; empty for an asset without partitions, or with a method that
 *     defines them
 * @param partitionsMethod name of the definition that a method of the author's returns when a
 *     worker starts
 * @param attempts how often the step is tried in all
 * @param maxPartitionsPerRun how many partitions a run of a backfill computes at most; the method
 *     is called over a range where they may be several
 * @param check for a method that checks an asset, and so has no outputs; empty for one that
 *     computes
 * @param job for an op, whose outputs are no assets: their keys name them within the catalog; empty
 *     for what computes or checks assets
 * @param retryRules how the pause grows from {@code retryDelay} on
 * @param schedule by which the step is run; an op's is its job's
 */
public record AssetDeclaration(
    String step,
    String method,
    String group,
    String queue,
    String description,
    Map<String, String> tags,
    int parameterCount,
    Set<Integer> contexts,
    List<InputDeclaration> inputs,
    List<OutputDeclaration> outputs,
    List<AssetKey> after,
    Optional<PartitionsDefinition> partitions,
    Optional<String> partitionsMethod,
    int attempts,
    Duration retryDelay,
    int maxPartitionsPerRun,
    Optional<CheckDeclaration> check,
    Optional<JobDeclaration> job,
    RetryRules retryRules,
    Optional<ScheduleDeclaration> schedule) {
  public AssetDeclaration {
    tags = Map.copyOf(tags);
    contexts = Set.copyOf(contexts);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    after = List.copyOf(after);
  }

  /**
   * Whether one call computes all partitions of the run, and returns a value for each. The outputs'
   * types are those of one partition's value.
   */
  public boolean ranged() {
    return maxPartitionsPerRun > 1;
  }

  /** A method without a schedule. */
  public AssetDeclaration(
      String step,
      String method,
      String group,
      String queue,
      String description,
      Map<String, String> tags,
      int parameterCount,
      Set<Integer> contexts,
      List<InputDeclaration> inputs,
      List<OutputDeclaration> outputs,
      List<AssetKey> after,
      Optional<PartitionsDefinition> partitions,
      Optional<String> partitionsMethod,
      int attempts,
      Duration retryDelay,
      int maxPartitionsPerRun,
      Optional<CheckDeclaration> check,
      Optional<JobDeclaration> job,
      RetryRules retryRules) {
    this(
        step,
        method,
        group,
        queue,
        description,
        tags,
        parameterCount,
        contexts,
        inputs,
        outputs,
        after,
        partitions,
        partitionsMethod,
        attempts,
        retryDelay,
        maxPartitionsPerRun,
        check,
        job,
        retryRules,
        Optional.empty());
  }

  /** A method that computes assets, one partition at a time. */
  public AssetDeclaration(
      String step,
      String method,
      String group,
      String queue,
      String description,
      Map<String, String> tags,
      int parameterCount,
      Set<Integer> contexts,
      List<InputDeclaration> inputs,
      List<OutputDeclaration> outputs,
      List<AssetKey> after,
      Optional<PartitionsDefinition> partitions,
      Optional<String> partitionsMethod,
      int attempts,
      Duration retryDelay) {
    this(
        step,
        method,
        group,
        queue,
        description,
        tags,
        parameterCount,
        contexts,
        inputs,
        outputs,
        after,
        partitions,
        partitionsMethod,
        attempts,
        retryDelay,
        1,
        Optional.empty());
  }

  /** A method that belongs to no job. */
  public AssetDeclaration(
      String step,
      String method,
      String group,
      String queue,
      String description,
      Map<String, String> tags,
      int parameterCount,
      Set<Integer> contexts,
      List<InputDeclaration> inputs,
      List<OutputDeclaration> outputs,
      List<AssetKey> after,
      Optional<PartitionsDefinition> partitions,
      Optional<String> partitionsMethod,
      int attempts,
      Duration retryDelay,
      int maxPartitionsPerRun,
      Optional<CheckDeclaration> check) {
    this(
        step,
        method,
        group,
        queue,
        description,
        tags,
        parameterCount,
        contexts,
        inputs,
        outputs,
        after,
        partitions,
        partitionsMethod,
        attempts,
        retryDelay,
        maxPartitionsPerRun,
        check,
        Optional.empty(),
        RetryRules.DEFAULT);
  }

  /** The declaration with the definition that the author's method returned. */
  public AssetDeclaration defined(PartitionsDefinition definition) {
    return with(queue, after, Optional.of(definition), partitionsMethod);
  }

  /** This step, coming after others. */
  AssetDeclaration coming(List<AssetKey> others) {
    return with(queue, others, partitions, partitionsMethod);
  }

  /** This check, with the queue and the partitions of what it checks. */
  AssetDeclaration alongside(AssetDeclaration checked) {
    return with(checked.queue, after, checked.partitions, checked.partitionsMethod);
  }

  private AssetDeclaration with(
      String newQueue,
      List<AssetKey> others,
      Optional<PartitionsDefinition> definition,
      Optional<String> definedBy) {
    return new AssetDeclaration(
        step,
        method,
        group,
        newQueue,
        description,
        tags,
        parameterCount,
        contexts,
        inputs,
        outputs,
        others,
        definition,
        definedBy,
        attempts,
        retryDelay,
        maxPartitionsPerRun,
        check,
        job,
        retryRules,
        schedule);
  }

  public boolean isMulti() {
    return check.isEmpty() && hasNamedOutputs();
  }

  private boolean hasNamedOutputs() {
    return outputs.size() != 1 || !outputs.getFirst().name().equals(OutputDeclaration.RESULT);
  }

  /**
   * The outputs in the order in which they are emitted: first those that may be missing and are
   * known when the method returns, so that what was committed of the others tells that these were
   * seen to; else as they are declared.
   */
  public List<OutputDeclaration> emissionOrder() {
    return outputs.stream()
        .sorted(Comparator.comparing(output -> !(output.optional() && output.atOnce())))
        .toList();
  }

  public OutputDeclaration output(String name) {
    return outputs.stream().filter(output -> output.name().equals(name)).findFirst().orElseThrow();
  }
}

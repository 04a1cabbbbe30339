package io.stowage.testing;

import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the builders of contexts have in common: the run, the step, and its partitions. */
abstract class ContextBuilder<B extends ContextBuilder<B>> {
  private final List<PartitionKey> keys = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private @Nullable PartitionsDefinition definition;
  private String runId = UUID.randomUUID().toString();
  private String step;
  private String jobName = "assets";
  private Map<String, String> tags = Map.of();
  private int attempt = 1;

  ContextBuilder(String step) {
    this.step = step;
  }

  /**
   * What a context is told of the run.
   *
   * @param partitioned whether there are partitions, though it may be none of them
   */
  record Step(
      String runId,
      String step,
      String jobName,
      Map<String, String> tags,
      int attempt,
      Optional<PartitionsDefinition> definition,
      List<PartitionKey> partitions,
      boolean partitioned) {}

  abstract B self();

  /**
   * The partitions definition, by which keys given as text are read, and which knows their time
   * windows.
   */
  public B partitions(PartitionsDefinition given) {
    definition = given;
    return self();
  }

  /**
   * The partition, as text; several where one call of a manager is about several. Without a
   * definition each is a key of one dimension.
   */
  public B partition(String... given) {
    texts.addAll(List.of(given));
    return self();
  }

  /** As {@link #partition(String...)}. */
  public B partition(PartitionKey... given) {
    keys.addAll(List.of(given));
    return self();
  }

  /** The run's id; a new one otherwise. */
  public B runId(String given) {
    runId = given;
    return self();
  }

  /** The step's name. */
  public B step(String given) {
    step = given;
    return self();
  }

  /** {@code assets} otherwise. */
  public B jobName(String given) {
    jobName = given;
    return self();
  }

  /** The run's tags; none otherwise. */
  public B tags(Map<String, String> given) {
    tags = Map.copyOf(given);
    return self();
  }

  /** 1 otherwise. */
  public B attempt(int given) {
    attempt = given;
    return self();
  }

  final Step step() {
    var all = new ArrayList<>(keys);
    texts.forEach(text -> all.add(read(text)));
    return new Step(
        runId,
        step,
        jobName,
        tags,
        attempt,
        Optional.ofNullable(definition),
        List.copyOf(all),
        definition != null || !all.isEmpty());
  }

  private PartitionKey read(String text) {
    return definition == null
        ? PartitionKey.of(text)
        : definition.parse(
            text, NamedKeys.of(List.of(definition), List.of(text)).at(Instant.now()));
  }
}

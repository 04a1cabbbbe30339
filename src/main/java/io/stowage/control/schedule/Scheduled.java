package io.stowage.control.schedule;

import io.stowage.api.partition.MultiPartitionsDefinition;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.TimeWindowPartitionsDefinition;
import io.stowage.catalog.AssetGraph;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.ScheduleDeclaration;
import io.stowage.protocol.SubmitRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A schedule of a queue's current catalog, and what it runs.
 *
 * @param name the step's, or the job's
 * @param job the same for a job; null for assets
 * @param assets that the step computes; none for a job
 */
record Scheduled(
    String queue,
    String name,
    @Nullable String job,
    List<String> assets,
    ScheduleDeclaration declaration,
    Optional<PartitionsDefinition> partitions) {

  /** Those of the graph that run on the queue. */
  static List<Scheduled> of(String queue, AssetGraph graph) {
    var found = new ArrayList<Scheduled>();
    for (AssetSpec spec : graph.steps()) {
      spec.declaration()
          .schedule()
          .filter(_ -> spec.declaration().queue().equals(queue))
          .ifPresent(schedule -> found.add(asset(queue, spec, schedule)));
    }
    for (String job : graph.jobs()) {
      AssetSpec first = graph.job(job).getFirst();
      first
          .declaration()
          .job()
          .flatMap(each -> each.schedule())
          .filter(_ -> first.declaration().queue().equals(queue))
          .ifPresent(
              schedule ->
                  found.add(
                      new Scheduled(queue, job, job, List.of(), schedule, first.partitions())));
    }
    return found;
  }

  private static Scheduled asset(String queue, AssetSpec spec, ScheduleDeclaration schedule) {
    var assets = spec.outputs().stream().map(output -> output.asset().toString()).toList();
    return new Scheduled(queue, spec.step(), null, assets, schedule, spec.partitions());
  }

  /** What the tick asks for; empty where nothing of it is a partition yet. */
  Optional<SubmitRequest> request(Instant tick, PartitionContext context) {
    if (partitions.isEmpty()) {
      return Optional.of(request(tick, null, null));
    }
    return keys(partitions.get(), context)
        .map(
            ends -> {
              String from = ends.from.text();
              String to = ends.to.text();
              return from.equals(to)
                  ? request(tick, from, null)
                  : request(tick, null, Map.of("from", from, "to", to));
            });
  }

  private SubmitRequest request(
      Instant tick, @Nullable Object partition, @Nullable Object several) {
    var selected =
        declaration.upstream() ? assets.stream().map(asset -> "*" + asset).toList() : assets;
    return SubmitRequest.of(job == null ? selected : null)
        .job(job)
        .partition(partition)
        .partitions(several)
        .queue(queue)
        .tags(Map.of("schedule", name, "tick", tick.toString()))
        .build();
  }

  private record Ends(PartitionKey from, PartitionKey to) {}

  /** The last window of each dimension of time, all keys of the others. */
  private static Optional<Ends> keys(PartitionsDefinition definition, PartitionContext context) {
    Map<String, ? extends PartitionsDefinition> dimensions =
        definition instanceof MultiPartitionsDefinition multi
            ? multi.byDimension()
            : Map.of(definition.dimensions().getFirst(), definition);
    var from = new TreeMap<String, String>();
    var to = new TreeMap<String, String>();
    for (var dimension : dimensions.entrySet()) {
      var ends = ends(dimension.getValue(), context);
      if (ends.isEmpty()) {
        return Optional.empty();
      }
      from.put(dimension.getKey(), ends.getFirst().text());
      to.put(dimension.getKey(), ends.getLast().text());
    }
    return Optional.of(new Ends(key(definition, from), key(definition, to)));
  }

  private static List<PartitionKey> ends(PartitionsDefinition dimension, PartitionContext context) {
    return dimension instanceof TimeWindowPartitionsDefinition
        ? dimension.last(context).stream().toList()
        : Stream.of(dimension.keys(context))
            .filter(keys -> !keys.isEmpty())
            .flatMap(keys -> Stream.of(keys.getFirst(), keys.getLast()))
            .toList();
  }

  private static PartitionKey key(
      PartitionsDefinition definition, TreeMap<String, String> components) {
    return definition instanceof MultiPartitionsDefinition
        ? PartitionKey.of(components)
        : PartitionKey.of(components.firstEntry().getValue());
  }
}

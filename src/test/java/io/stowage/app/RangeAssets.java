package io.stowage.app;

import io.stowage.api.Asset;
import io.stowage.api.AssetContext;
import io.stowage.api.AssetGroup;
import io.stowage.api.Input;
import io.stowage.api.Output;
import io.stowage.api.Partitioned;
import io.stowage.api.partition.BackfillPolicy;
import io.stowage.api.partition.CustomPartitionMapping;
import io.stowage.api.partition.DynamicPartitions;
import io.stowage.api.partition.MappedPartitions;
import io.stowage.api.partition.MonthlyPartitions;
import io.stowage.api.partition.PartitionContext;
import io.stowage.api.partition.PartitionKey;
import io.stowage.api.partition.Partitions;
import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.api.partition.StaticPartitions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Assets over ranges of partitions, with definitions and mappings by code. */
@AssetGroup(value = "ranges", queue = "ranges")
class RangeAssets {
  /** What happens while a town is computed. */
  static final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  record Reading(String month, int value) {}

  @Partitions("quarter")
  PartitionsDefinition quarter() {
    return PartitionsDefinition.monthly("2020-01").until("2020-04");
  }

  @Asset
  @Partitions("quarter")
  List<Reading> raw(AssetContext context) {
    String month = context.partition().text();
    return List.of(new Reading(month, 1), new Reading(month, 2));
  }

  /** All months of a backfill in one run, as rows. */
  @Asset
  @Partitions("quarter")
  @BackfillPolicy(BackfillPolicy.Type.SINGLE_RUN)
  Stream<Partitioned<Reading>> rows(Stream<Reading> raw, AssetContext context) {
    context.addOutputMetadata("span", context.window().toString());
    return raw.map(row -> Partitioned.of(row.month(), row));
  }

  /** Two months in a run, as a map. */
  @Asset
  @Partitions("quarter")
  @BackfillPolicy(maxPartitionsPerRun = 2)
  Map<String, Output<Integer>> sums(Map<String, List<Reading>> raw) {
    var sums = new TreeMap<String, Output<Integer>>();
    raw.forEach(
        (month, rows) -> {
          int sum = rows.stream().mapToInt(Reading::value).sum();
          sums.put(month, Output.of(sum).with("readings", rows.size()));
        });
    return sums;
  }

  @Asset
  @DynamicPartitions(name = "range-towns")
  String town(AssetContext context) {
    meanwhile.get().run();
    return context.partition().text();
  }

  /** Over all towns that there are when it runs. */
  @Asset
  String towns(Map<String, String> town) {
    return String.join(" ", new TreeMap<>(town).values());
  }

  @Asset
  @Partitions("quarter")
  Integer before(@Input(customMapping = MonthBefore.class) Map<String, List<Reading>> raw) {
    return raw.size();
  }

  @Asset
  @MonthlyPartitions(start = "2020-01", end = "2020-04", dimension = "month")
  @StaticPartitions(
      dimension = "site",
      value = {"north", "south"})
  String site(AssetContext context) {
    return context.partition().text();
  }

  @Asset
  @Partitions("quarter")
  String sites(
      @Input(mapping = Input.Mapping.DIMENSION_TO_SINGLE, dimension = "month")
          Map<String, String> site) {
    return site.keySet().toString();
  }

  @Asset
  @MonthlyPartitions(start = "2020-01", end = "2020-04", dimension = "date")
  @StaticPartitions(
      dimension = "place",
      value = {"north", "south"})
  String place(
      @Input(
              mapping = Input.Mapping.PER_DIMENSION,
              dimensions = {"place=site", "date=month"})
          Map<String, String> site) {
    return site.keySet().toString();
  }

  @Asset
  @StaticPartitions({"early", "late"})
  String half(
      @Input(
              mapping = Input.Mapping.STATIC,
              partitions = {"early=2020-01", "late=2020-03", "late=2020-02"})
          Map<String, List<Reading>> raw) {
    return raw.keySet().toString();
  }

  /** The month before, by code. */
  @Singleton
  static class MonthBefore implements CustomPartitionMapping {
    @Override
    public MappedPartitions upstreamKeys(
        Optional<PartitionsDefinition> downstream,
        List<PartitionKey> keys,
        PartitionsDefinition upstream,
        PartitionContext context) {
      var wanted =
          keys.stream()
              .map(key -> upstream.window(key, context).orElseThrow().start().minusSeconds(1))
              .collect(Collectors.toSet());
      return new MappedPartitions(
          upstream.keys(context).stream()
              .filter(
                  key ->
                      wanted.stream()
                          .anyMatch(upstream.window(key, context).orElseThrow()::contains))
              .toList(),
          List.of());
    }
  }
}

package io.stowage.io.table;

import io.stowage.api.AssetKey;
import io.stowage.api.InputContext;
import io.stowage.api.Materialization;
import io.stowage.api.OutputContext;
import io.stowage.api.StepContext;
import io.stowage.api.partition.PartitionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows of which table a value is.
 *
 * <p>An op's output, which each run has anew, is the rows of its run: the table is the output's, in
 * a schema named like the op, and further columns tell run, mapping key and partition.
 *
 * @param owner the asset, or the op's output in whatever run: a table is of one alone
 * @param slices one for each partition, in their order; the whole table without partitions
 */
record TablePlace(TableName name, String owner, List<Slice> slices) {
  /** Where the job, the op and its output stand in the key of an op's output. */
  private static final int JOB = 2;

  private static final int OUTPUT = 4;
  private static final String SCHEMA = "schema";
  private static final String PARTITION_COLUMN = "partitionColumn";
  static final String RUN_COLUMN = "stowage_run";
  private static final String KEY_COLUMN = "stowage_key";
  private static final String OP_PARTITION_COLUMN = "stowage_partition";

  static TablePlace of(OutputContext context, TableSettings settings) {
    return of(context, context.asset(), context.definitionMetadata(), context.options(), settings);
  }

  /** Where the output that is read was stored. */
  static TablePlace of(InputContext context, TableSettings settings) {
    var upstream = context.upstreamOutput();
    // An op's output may be of an earlier run, which this one goes on from.
    AssetKey asset =
        context.asset().isOfRun()
            ? context.materialization().map(Materialization::asset).orElse(context.asset())
            : context.asset();
    return of(context, asset, upstream.definitionMetadata(), upstream.options(), settings);
  }

  private static TablePlace of(
      StepContext context,
      AssetKey asset,
      Map<String, String> metadata,
      Map<String, String> options,
      TableSettings settings) {
    Optional<String> column =
        Optional.ofNullable(options.get(PARTITION_COLUMN))
            .or(() -> Optional.ofNullable(metadata.get(PARTITION_COLUMN)))
            .or(settings::partitionColumn);
    return new TablePlace(
        name(asset, metadata, settings),
        owner(asset),
        asset.isOfRun() ? ofRun(context, asset, column) : ofAsset(context, asset, column));
  }

  /**
   * @param asset an asset's key, or that of an op's output in one run or any
   */
  static TableName name(AssetKey asset, Map<String, String> metadata, TableSettings settings) {
    List<String> components = components(asset);
    return new TableName(
        Optional.ofNullable(metadata.get(SCHEMA))
            .or(settings::schema)
            .orElse(components.size() > 1 ? components.get(components.size() - 2) : "public"),
        components.getLast());
  }

  private static List<String> components(AssetKey asset) {
    return asset.isOfRun() ? asset.components().subList(JOB, OUTPUT + 1) : asset.components();
  }

  static String owner(AssetKey asset) {
    return asset.isOfRun() ? "@runs/*/" + String.join("/", components(asset)) : asset.toString();
  }

  /** The table of an op's output. */
  static String table(AssetKey ofRun) {
    return components(ofRun).getLast();
  }

  /** As the fences know what an op's output has stored; see {@link Slice#id}. */
  static String id(AssetKey ofRun, String partition) {
    var parts = new ArrayList<>(List.of(run(ofRun)));
    parts.addAll(keys(ofRun));
    if (!partition.isEmpty()) {
      parts.add(partition);
    }
    return String.join("/", parts);
  }

  static String run(AssetKey ofRun) {
    return ofRun.components().get(1);
  }

  /** The mapping key of a dynamic output. */
  private static List<String> keys(AssetKey ofRun) {
    return ofRun.components().subList(OUTPUT + 1, ofRun.components().size());
  }

  private static List<Slice> ofAsset(StepContext context, AssetKey asset, Optional<String> column) {
    if (!context.partitioned()) {
      return List.of(Slice.WHOLE);
    }
    return context.partitions().stream()
        .map(key -> Slice.of(asset, key, column, context.window(key)))
        .toList();
  }

  private static List<Slice> ofRun(StepContext context, AssetKey asset, Optional<String> column) {
    var parts = new ArrayList<Slice.Part>();
    parts.add(new Slice.Part(RUN_COLUMN, run(asset), null));
    keys(asset).forEach(key -> parts.add(new Slice.Part(KEY_COLUMN, key, null)));
    String id = id(asset, "");
    if (!context.partitioned()) {
      return List.of(new Slice("", id, parts));
    }
    return context.partitions().stream()
        .map(
            key ->
                ofPartition(context, asset, key, Optional.of(column.orElse(OP_PARTITION_COLUMN)))
                    .within(id, parts))
        .toList();
  }

  private static Slice ofPartition(
      StepContext context, AssetKey asset, PartitionKey key, Optional<String> column) {
    return key.dimensions().size() > 1 && column.equals(Optional.of(OP_PARTITION_COLUMN))
        ? Slice.of(OP_PARTITION_COLUMN, key.text())
        : Slice.of(asset, key, column, context.window(key));
  }

  Slice slice() {
    return slices.getFirst();
  }
}

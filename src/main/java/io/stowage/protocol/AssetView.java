package io.stowage.protocol;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param partitions of the definition, as data; null where there are none
 * @param latest the newest materialization of any partition
 */
public record AssetView(
    String asset,
    String group,
    String queue,
    String description,
    Map<String, String> tags,
    String ioManager,
    List<String> upstream,
    @Nullable Map<String, Object> partitions,
    long materializedPartitions,
    @Nullable MaterializationView latest) {}

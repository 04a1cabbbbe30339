package io.stowage.plan;

import io.stowage.api.AssetKey;
import java.util.List;
import java.util.Map;

/**
 * What a run was asked for, its selection resolved.
 *
 * @param runId a UUID
 * @param jobName {@code assets} where assets were selected
 * @param assets that were selected; none where a job is asked for
 * @param partitions keys as text; empty for assets without partitions
 * @param overrides settings by IO manager key, then by the setting's name
 */
public record RunRequest(
    String runId,
    String jobName,
    List<AssetKey> assets,
    List<String> partitions,
    Map<String, String> tags,
    Map<String, Map<String, String>> overrides) {
  /** The name that runs of selected assets have in place of a job's. */
  public static final String ASSETS = "assets";

  public RunRequest {
    assets = List.copyOf(assets);
    partitions = List.copyOf(partitions);
    tags = Map.copyOf(tags);
    overrides = Map.copyOf(overrides);
  }

  /** Whether a job is asked for, and not assets. */
  public boolean isJob() {
    return assets.isEmpty() && !jobName.equals(ASSETS);
  }
}

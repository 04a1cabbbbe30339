package io.stowage.control.page;

import io.stowage.protocol.AssetStatus;
import io.stowage.protocol.JobView;
import java.util.List;

/**
 * What a run can be asked of.
 *
 * @param assets that are chosen already
 * @param job the same, where it is one
 */
public record LaunchPage(
    List<AssetStatus> all, List<JobView> jobs, List<String> queues, String assets, String job) {}

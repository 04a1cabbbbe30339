package io.stowage.protocol;

import io.stowage.api.partition.PartitionsDefinition;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.JobDeclaration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param ops names of the job's ops, each after those it needs
 * @param partitions of the definition, as data; null where there are none
 */
public record JobView(
    String job,
    String queue,
    String description,
    List<String> ops,
    @Nullable Map<String, Object> partitions) {
  /**
   * @param ops at least one
   */
  public static JobView of(String job, Collection<AssetSpec> ops) {
    var first = ops.iterator().next();
    return new JobView(
        job,
        first.declaration().queue(),
        first.declaration().job().map(JobDeclaration::description).orElse(""),
        ops.stream().map(op -> op.step().substring(job.length() + 1)).toList(),
        first.partitions().map(PartitionsDefinition::toData).orElse(null));
  }
}

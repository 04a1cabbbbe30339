package io.stowage.control.page;

import io.stowage.api.AssetKey;
import io.stowage.catalog.AssetSpec;
import io.stowage.catalog.AssetSpec.WiredInput;
import io.stowage.catalog.JobDeclaration;
import io.stowage.catalog.OutputDeclaration;
import io.stowage.protocol.JobView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A job.
 *
 * @param schedule in words; empty where it only runs when it is asked for
 * @param runs its last ones
 */
public record JobPage(
    JobView job, List<String> dimensions, List<Op> ops, String schedule, RunList runs) {
  /**
   * An op.
   *
   * @param name without the job's
   * @param outputs with their types and managers
   */
  public record Op(
      String name, String description, List<Read> inputs, List<Stored> outputs, int attempts) {}

  /**
   * What an op reads.
   *
   * @param href of an asset, or of another op on the page
   */
  public record Read(String name, String of, String href) {}

  /** What is stored of it. */
  public record Stored(String name, String type, String manager) {}

  static JobPage of(JobView job, Collection<AssetSpec> specs, RunList runs) {
    Map<AssetKey, String> ops =
        specs.stream()
            .flatMap(spec -> spec.outputs().stream().map(out -> Map.entry(out.asset(), spec)))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, each -> name(job, each.getValue()), (one, _) -> one));
    AssetSpec first = specs.iterator().next();
    return new JobPage(
        job,
        first.partitions().map(each -> each.dimensions()).orElse(List.of()),
        specs.stream().map(spec -> op(job, spec, ops)).toList(),
        first
            .declaration()
            .job()
            .flatMap(JobDeclaration::schedule)
            .map(each -> each.cron() + (each.zone().isEmpty() ? "" : " " + each.zone()))
            .orElse(""),
        runs);
  }

  private static String name(JobView job, AssetSpec spec) {
    return spec.step().substring(job.job().length() + 1);
  }

  private static Op op(JobView job, AssetSpec spec, Map<AssetKey, String> ops) {
    return new Op(
        name(job, spec),
        spec.declaration().description(),
        Stream.concat(
                spec.inputs().stream().map(input -> read(input, ops)),
                spec.declaration().after().stream().map(after -> read("after", after, false, ops)))
            .toList(),
        spec.outputs().stream()
            .filter(OutputDeclaration::stored)
            .map(out -> new Stored(out.name(), out.storedType().simple(), out.ioManager()))
            .toList(),
        spec.declaration().attempts());
  }

  private static Read read(WiredInput input, Map<AssetKey, String> ops) {
    return read(input.declaration().name(), input.asset(), input.external(), ops);
  }

  private static Read read(String name, AssetKey of, boolean external, Map<AssetKey, String> ops) {
    String op = ops.get(of);
    return op != null
        ? new Read(name, op, "#op-" + op)
        : new Read(name, of.toString(), external ? "" : Link.asset(of.toString()));
  }

  public boolean partitioned() {
    return !dimensions.isEmpty();
  }
}

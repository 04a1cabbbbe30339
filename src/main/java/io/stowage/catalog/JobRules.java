package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether jobs and their ops can be what they are. */
final class JobRules {
  private static final String ASSETS = "assets";

  private JobRules() {}

  static List<String> faults(Collection<AssetDeclaration> declarations) {
    var faults = new ArrayList<String>();
    var owners = new HashMap<String, String>();
    for (AssetDeclaration declaration : declarations) {
      declaration.outputs().stream()
          .flatMap(output -> fault(declaration, output).stream())
          .forEach(faults::add);
      if (declaration.job().isEmpty()) {
        continue;
      }
      String job = declaration.job().get().name();
      String owner = owner(declaration);
      String other = owners.putIfAbsent(job, owner);
      if (other == null && job.equals(ASSETS)) {
        faults.add(
            owner + " is a job named 'assets', which runs of selected assets are: rename it");
      }
      if (other != null && !other.equals(owner)) {
        faults.add("job '" + job + "' is given twice: by " + other + " and by " + owner);
        owners.put(job, owner);
      }
      if (declaration.ranged()) {
        faults.add(
            declaration.method()
                + " is an op, which is about one partition at a time: leave the backfill policy out");
      }
    }
    return faults;
  }

  private static Optional<String> fault(AssetDeclaration declaration, OutputDeclaration output) {
    String dynamic =
        output.type().is(OutputDeclaration.DYNAMIC)
            ? " returns one DynamicOutput: return a List or a Stream of them"
            : " returns dynamic outputs, which only ops have: name its values by partitions";
    if (output.type().is(OutputDeclaration.DYNAMIC)
        || output.dynamic() && declaration.job().isEmpty()) {
      return Optional.of(declaration.method() + dynamic);
    }
    return output.asset().isOfRun()
        ? Optional.of(
            "asset key '"
                + output.asset()
                + "' of "
                + declaration.method()
                + " begins with '@runs', as only what belongs to a run does: rename it")
        : Optional.empty();
  }

  /** The class that the op stands in. */
  static String owner(AssetDeclaration declaration) {
    return declaration.method().substring(0, declaration.method().lastIndexOf('.'));
  }

  /** Whether the step may read what the other computes: an op's outputs are for its job alone. */
  static boolean sees(AssetDeclaration step, AssetDeclaration other) {
    return other.job().isEmpty() || other.job().equals(step.job());
  }

  /** What an op comes after is looked up in its job first. */
  static AssetDeclaration bound(
      AssetDeclaration declaration, Map<AssetKey, AssetDeclaration> declared) {
    return declaration.job().isEmpty() || declaration.after().isEmpty()
        ? declaration
        : declaration.coming(
            declaration.after().stream().map(key -> own(declaration, key, declared)).toList());
  }

  private static AssetKey own(
      AssetDeclaration op, AssetKey key, Map<AssetKey, AssetDeclaration> declared) {
    AssetKey inJob = inJob(op, key.toString());
    return declared.containsKey(inJob) ? inJob : key;
  }

  /**
   * The key that the name has in the op's job.
   *
   * @throws StowageException {@code INVALID_KEY} where it is too long
   */
  static AssetKey inJob(AssetDeclaration op, String name) {
    return AssetKey.of(op.group() + "/" + name);
  }
}

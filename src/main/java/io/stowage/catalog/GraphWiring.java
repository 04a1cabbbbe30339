package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.api.StowageException;
import io.stowage.catalog.AssetSpec.WiredInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the upstream of each input, and everything that is wrong, in one go. */
final class GraphWiring {
  private final List<String> faults = new ArrayList<>();
  private final Map<AssetKey, AssetDeclaration> declared = new HashMap<>();
  private final Map<AssetKey, AssetSpec> producers = new HashMap<>();
  private final Map<AssetKey, List<AssetSpec>> blocking = new HashMap<>();
  private final List<AssetSpec> ordered = new ArrayList<>();

  GraphWiring(Collection<AssetDeclaration> declarations) {
    var stepNames = new HashMap<String, String>();
    for (AssetDeclaration declaration : declarations) {
      String other = stepNames.putIfAbsent(declaration.step(), declaration.method());
      if (other != null && declaration.isMulti()) {
        faults.add(
            "step '"
                + declaration.step()
                + "' is given twice: by "
                + other
                + " and by "
                + declaration.method());
      }
      declaration.outputs().forEach(output -> declare(output.asset(), declaration));
      PartitionRules.fault(declaration).ifPresent(faults::add);
      RetryRules.fault(declaration).ifPresent(faults::add);
    }
    faults.addAll(JobRules.faults(declarations));
    faults.addAll(ScheduleRules.faults(declarations));
    faults.addAll(CheckRules.faults(declarations, declared));
    var wired =
        declarations.stream()
            .map(each -> CheckRules.bound(each, declared))
            .map(each -> JobRules.bound(each, declared))
            .map(this::wire)
            .toList();
    var specs = spread(wired);
    specs.stream()
        .filter(spec -> spec.check().filter(CheckDeclaration::blocking).isPresent())
        .forEach(spec -> blocking.computeIfAbsent(checked(spec), _ -> new ArrayList<>()).add(spec));
    for (AssetSpec spec : specs) {
      spec.outputs().forEach(output -> producers.putIfAbsent(output.asset(), spec));
    }
    specs.forEach(this::checkTypes);
    if (faults.isEmpty()) {
      var done = new HashSet<String>();
      specs.forEach(spec -> visit(spec, new ArrayDeque<>(), done));
    }
  }

  private List<AssetSpec> spread(List<AssetSpec> wired) {
    var byOutput = new HashMap<AssetKey, AssetSpec>();
    wired.forEach(
        spec -> spec.outputs().forEach(output -> byOutput.putIfAbsent(output.asset(), spec)));
    var spreading = new Spreading(byOutput, faults);
    return wired.stream().map(spreading::of).toList();
  }

  private static AssetKey checked(AssetSpec check) {
    return check.check().orElseThrow().asset();
  }

  List<String> faults() {
    return faults;
  }

  List<AssetSpec> ordered() {
    return ordered;
  }

  Map<AssetKey, AssetSpec> producers() {
    return producers;
  }

  private void declare(AssetKey key, AssetDeclaration declaration) {
    AssetDeclaration other = declared.putIfAbsent(key, declaration);
    if (other != null) {
      faults.add(
          (declaration.job().isPresent() ? "output" : "asset key")
              + " '"
              + key
              + "' is given twice: by "
              + other.method()
              + " and by "
              + declaration.method());
    }
  }

  private AssetSpec wire(AssetDeclaration declaration) {
    for (AssetKey before : declaration.after()) {
      if (!isSeen(declaration, before)) {
        faults.add(
            declaration.method()
                + " comes after asset '"
                + before
                + "', which nobody computes"
                + nearest(before));
      }
    }
    return new AssetSpec(
        declaration,
        declaration.inputs().stream().flatMap(input -> wire(declaration, input).stream()).toList());
  }

  private Optional<WiredInput> wire(AssetDeclaration declaration, InputDeclaration input) {
    var noValue = ParameterRules.fault(declaration, input);
    if (noValue.isPresent()) {
      faults.add(noValue.get());
      return Optional.empty();
    }
    try {
      for (AssetKey candidate : candidates(declaration, input)) {
        if (isSeen(declaration, candidate)) {
          return Optional.of(new WiredInput(input, candidate, false));
        }
      }
      AssetKey outside = input.given().orElseGet(() -> AssetKey.of(input.name()));
      if (input.manager().isPresent()) {
        return Optional.of(new WiredInput(input, outside, true));
      }
      if (CheckRules.isValue(declaration, input)) {
        return Optional.empty();
      }
      faults.add(
          "parameter '"
              + input.name()
              + "' of "
              + declaration.method()
              + " is no asset: nobody computes "
              + candidates(declaration, input).stream()
                  .map(key -> "'" + key + "'")
                  .collect(Collectors.joining(" or "))
              + nearest(outside)
              + "; name it with @Input(\"…\"), or the manager that loads it with @Input(manager = \"…\")");
    } catch (StowageException e) {
      faults.add(
          "parameter '" + input.name() + "' of " + declaration.method() + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private boolean isSeen(AssetDeclaration declaration, AssetKey key) {
    return declared.containsKey(key) && JobRules.sees(declaration, declared.get(key));
  }

  private static List<AssetKey> candidates(AssetDeclaration declaration, InputDeclaration input) {
    if (input.given().isPresent() && declaration.job().isPresent()) {
      return List.of(
          JobRules.inJob(declaration, input.given().get().toString()), input.given().get());
    }
    if (input.given().isPresent()) {
      return List.of(input.given().get());
    }
    AssetKey whole = AssetKey.of(input.name());
    return declaration.group().isEmpty()
        ? List.of(whole)
        : List.of(AssetKey.of(declaration.group() + "/" + input.name()), whole);
  }

  private String nearest(AssetKey missing) {
    return nearest(missing, declared.keySet());
  }

  static String nearest(AssetKey missing, Collection<AssetKey> keys) {
    return Likeness.nearest(missing.toString(), keys.stream().map(AssetKey::toString).toList())
        .map(key -> " (is '" + key + "' meant?)")
        .orElse("");
  }

  private void checkTypes(AssetSpec spec) {
    for (WiredInput input : spec.inputs()) {
      AssetSpec producer = producers.get(input.asset());
      if (input.external() || producer == null) {
        continue;
      }
      PartitionRules.fault(spec, input.declaration(), producer).ifPresent(faults::add);
      if (input.declaration().orderOnly()) {
        continue;
      }
      producer.outputs().stream()
          .filter(output -> output.asset().equals(input.asset()))
          .findFirst()
          .flatMap(output -> TypeRules.fault(spec, input.declaration(), producer, output))
          .ifPresent(faults::add);
    }
  }

  private void visit(AssetSpec spec, Deque<String> path, Set<String> done) {
    if (done.contains(spec.step())) {
      return;
    }
    if (path.contains(spec.step())) {
      var circle =
          path.stream()
              .dropWhile(step -> !step.equals(spec.step()))
              .collect(Collectors.joining(" → "));
      faults.add(
          "assets depend on each other in a circle: "
              + circle
              + " → "
              + spec.step()
              + ", seen from "
              + spec.declaration().method()
              + (path.peekLast().equals(spec.step())
                  ? "; its own earlier partitions are read by @Input(mapping = TIME_WINDOWS, startOffset = -1, endOffset = -1)"
                  : ""));
      done.add(spec.step());
      return;
    }
    path.addLast(spec.step());
    var before = new TreeMap<String, AssetSpec>();
    spec.upstream()
        .forEach(
            key ->
                Optional.ofNullable(producers.get(key)).ifPresent(up -> before.put(up.step(), up)));
    if (spec.check().isEmpty()) {
      spec.upstream()
          .forEach(
              key ->
                  blocking
                      .getOrDefault(key, List.of())
                      .forEach(check -> before.put(check.step(), check)));
    }
    before.values().forEach(up -> visit(up, path, done));
    path.removeLast();
    if (done.add(spec.step())) {
      ordered.add(spec);
    }
  }
}

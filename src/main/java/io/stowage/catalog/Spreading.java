package io.stowage.catalog;

import io.stowage.api.AssetKey;
import io.stowage.catalog.AssetSpec.WiredInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds which ops are executed once for each mapping key: those that take one of the values of a
 * dynamic output, and those that take one value of such an op.
 */
final class Spreading {
  private static final Set<String> LISTS =
      Set.of("java.util.List", "java.util.Collection", "java.lang.Iterable");
  private static final Set<String> ROWS =
      Set.of(
          "java.util.List",
          "java.util.Collection",
          "java.lang.Iterable",
          "java.util.stream.Stream");
  private static final String MAP = "java.util.Map";

  private final Map<AssetKey, AssetSpec> producers;
  private final Map<String, AssetSpec> done = new HashMap<>();
  private final Set<String> under = new HashSet<>();
  private final List<String> faults;

  Spreading(Map<AssetKey, AssetSpec> producers, List<String> faults) {
    this.producers = producers;
    this.faults = faults;
  }

  /** The step, with its inputs told apart; as it was where it stands in a circle. */
  AssetSpec of(AssetSpec spec) {
    AssetSpec known = done.get(spec.step());
    if (known != null || spec.declaration().job().isEmpty() || !under.add(spec.step())) {
      return known == null ? spec : known;
    }
    var over = new HashSet<AssetKey>();
    var inputs = new ArrayList<WiredInput>();
    for (WiredInput input : spec.inputs()) {
      inputs.add(input(spec, input, over));
    }
    under.remove(spec.step());
    if (over.size() > 1) {
      faults.add(
          spec.declaration().method()
              + " takes values of several dynamic outputs, "
              + over.stream().sorted().toList()
              + ": take all values of one of them as a List or a Map");
    }
    if (!over.isEmpty() && spec.outputs().stream().anyMatch(OutputDeclaration::dynamic)) {
      faults.add(
          spec.declaration().method()
              + " is called for each value of "
              + over.stream().sorted().toList()
              + " and has dynamic outputs itself: take all values as a List or a Map");
    }
    var spread = new AssetSpec(spec.declaration(), inputs, over.stream().sorted().findFirst());
    done.put(spec.step(), spread);
    return spread;
  }

  private WiredInput input(AssetSpec spec, WiredInput input, Set<AssetKey> over) {
    AssetSpec producer = producers.get(input.asset());
    if (input.external() || producer == null || producer.declaration().job().isEmpty()) {
      return input;
    }
    OutputDeclaration output = producer.output(input.asset());
    Optional<AssetKey> source =
        output.dynamic() ? Optional.of(output.asset()) : of(producer).over();
    if (source.isEmpty()) {
      return input;
    }
    InputDeclaration declared = input.declaration();
    if (declared.orderOnly()) {
      return input;
    }
    if (isOne(output.storedType(), declared.type())) {
      over.add(source.get());
      return new WiredInput(declared, input.asset(), false, Spread.EACH);
    }
    if (declared.gathering() != Gathering.NONE) {
      faults.add(
          "parameter '%s' of %s is over several ops, of which '%s' has dynamic values: take those by a parameter of their own"
              .formatted(declared.name(), spec.declaration().method(), input.asset()));
      return input;
    }
    if (declared.type().is("java.util.stream.Stream")) {
      faults.add(
          "parameter '%s' of %s is all values of '%s', so it is a List<T> or a Map<String, T>, not a %s"
              .formatted(
                  declared.name(),
                  spec.declaration().method(),
                  input.asset(),
                  declared.type().simple()));
      return input;
    }
    return new WiredInput(
        declared.gathering(
            declared.type().is(MAP) ? Gathering.MAP : Gathering.LIST, declared.type().element()),
        input.asset(),
        false,
        Spread.ALL);
  }

  /** Whether the wanted type is that of one value, and not of all together. */
  private static boolean isOne(DeclaredType stored, DeclaredType wanted) {
    boolean map = wanted.is(MAP);
    if (!map && !ROWS.contains(wanted.name())) {
      return true;
    }
    if (wanted.arguments().isEmpty()) {
      return map ? stored.is(MAP) : ROWS.contains(stored.name());
    }
    DeclaredType element = wanted.element();
    return map
        ? stored.is(MAP) && !element.is(MAP)
        : ROWS.contains(stored.name())
            && !(LISTS.contains(wanted.name()) && ROWS.contains(element.name()));
  }
}

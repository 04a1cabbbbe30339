package io.stowage.catalog;

import io.stowage.api.AssetKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be wrong with checks, and how each gets from its asset what it shares with it. */
final class CheckRules {
  private CheckRules() {}

  /**
   * A sentence for each check of an asset that nobody computes, and for each that is there twice.
   */
  static List<String> faults(
      Collection<AssetDeclaration> declarations, Map<AssetKey, AssetDeclaration> declared) {
    var faults = new ArrayList<String>();
    var steps = new HashMap<String, AssetDeclaration>();
    declarations.stream()
        .filter(each -> each.check().isEmpty())
        .forEach(each -> steps.put(each.step(), each));
    for (AssetDeclaration declaration : declarations) {
      if (declaration.check().isEmpty()) {
        continue;
      }
      CheckDeclaration check = declaration.check().get();
      if (!declared.containsKey(check.asset())) {
        faults.add(
            declaration.method()
                + " checks asset '"
                + check.asset()
                + "', which nobody computes"
                + GraphWiring.nearest(check.asset(), declared.keySet()));
      }
      AssetDeclaration other = steps.putIfAbsent(declaration.step(), declaration);
      if (other != null) {
        faults.add(
            "check '"
                + check.name()
                + "' of asset '"
                + check.asset()
                + "' has the name of another: it is given by "
                + declaration.method()
                + " and by "
                + other.method()
                + "; name one of them with @AssetCheck(name = \"…\")");
      }
    }
    return faults;
  }

  /** A check has the partitions of its asset, and runs where that runs. */
  static AssetDeclaration bound(
      AssetDeclaration declaration, Map<AssetKey, AssetDeclaration> declared) {
    return declaration
        .check()
        .map(check -> declared.get(check.asset()))
        .map(declaration::alongside)
        .orElse(declaration);
  }

  /** Whether the input is of the checked asset itself, whose absence is told once. */
  static boolean isValue(AssetDeclaration declaration, InputDeclaration input) {
    return declaration.check().map(CheckDeclaration::asset).equals(input.given())
        && declaration.check().isPresent();
  }
}

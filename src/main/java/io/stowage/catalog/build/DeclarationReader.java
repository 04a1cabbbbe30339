package io.stowage.catalog.build;

import io.stowage.api.StowageException;
import io.stowage.catalog.AssetDeclaration;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads annotated methods as the build does, for whoever has another model of the language than the
 * build's: reflection, where tests run assets without a build.
 *
 * @param classes that the declared types name, by name
 * @param faults of methods that cannot be read, a sentence each
 */
public record DeclarationReader(
    List<Read> read, Map<String, ClassInfo> classes, List<String> faults) {
  /** A method, and what it says. */
  public record Read(MethodInfo method, AssetDeclaration declaration) {}

  /**
   * @throws StowageException {@code INVALID_CONFIGURATION} where the class is no group of assets
   */
  public static DeclarationReader of(ClassInfo owner, Collection<? extends MethodInfo> methods) {
    var reader = new LanguageModelReader(owner);
    var read = new ArrayList<Read>();
    var faults = new ArrayList<String>();
    for (MethodInfo method : methods) {
      try {
        read.add(new Read(method, reader.declaration(method)));
      } catch (StowageException e) {
        faults.add(e.getMessage());
      }
    }
    return new DeclarationReader(read, new TreeMap<>(reader.classes()), faults);
  }
}

package io.stowage.catalog.build;

import io.stowage.catalog.SettingSpec;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.declarations.FieldInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.types.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the settings that a mapping interface has, inherited ones and those of nested groups
 * included.
 */
final class SettingsReader {
  /** Never a run's business, whoever wrote the interface. */
  private static final Pattern ALWAYS_LOCKED =
      Pattern.compile(
          "(.*[.-])?(endpoint|url|uri|host|port|username|user|password|secret|token|store|bucket|(access|secret|api)-key)s?(\\.\\*|\\[\\*])*");

  private final List<SettingSpec> specs = new ArrayList<>();
  private final Set<String> locked;

  private SettingsReader(Set<String> locked) {
    this.locked = locked;
  }

  static List<SettingSpec> read(ClassInfo settings, Set<String> locked) {
    var reader = new SettingsReader(locked);
    reader.group(settings, "");
    return reader.specs;
  }

  private void group(ClassInfo type, String prefix) {
    type.superInterfaces().forEach(parent -> group(parentOf(parent), prefix));
    for (MethodInfo method : type.methods()) {
      if (method.parameters().isEmpty() && method.isAbstract()) {
        setting(method, prefix);
      }
    }
  }

  private static ClassInfo parentOf(Type parent) {
    return parent.isClass()
        ? parent.asClass().declaration()
        : parent.asParameterizedType().genericClass().declaration();
  }

  private void setting(MethodInfo method, String prefix) {
    String name = prefix + nameOf(method);
    Type type = method.returnType();
    boolean required =
        method.annotations().stream().noneMatch(annotation -> is(annotation, "WithDefault"));
    while (type.isParameterizedType()) {
      String generic = type.asParameterizedType().genericClass().declaration().name();
      required = false;
      name +=
          switch (generic) {
            case "java.util.Map" -> ".*";
            case "java.util.List", "java.util.Set" -> "[*]";
            default -> "";
          };
      type = type.asParameterizedType().typeArguments().getLast();
    }
    if (type.isClass() && isGroup(type.asClass().declaration())) {
      group(type.asClass().declaration(), name + ".");
      return;
    }
    String word = type.isClass() ? word(type.asClass().declaration()) : type.toString();
    specs.add(
        new SettingSpec(
            name, word, required, locked.contains(name) || ALWAYS_LOCKED.matcher(name).matches()));
  }

  private static String word(ClassInfo type) {
    return type.isEnum()
        ? type.fields().stream()
            .filter(FieldInfo::isStatic)
            .filter(field -> field.type().isClass())
            .filter(field -> field.type().asClass().declaration().name().equals(type.name()))
            .map(FieldInfo::name)
            .collect(Collectors.joining("|", type.simpleName() + "(", ")"))
        : type.simpleName();
  }

  private static boolean isGroup(ClassInfo type) {
    return type.isInterface() && !type.name().startsWith("java.");
  }

  private static boolean is(AnnotationInfo annotation, String simpleName) {
    return annotation.name().equals("io.smallrye.config." + simpleName);
  }

  private static String nameOf(MethodInfo method) {
    return method.annotations().stream()
        .filter(annotation -> is(annotation, "WithName"))
        .map(annotation -> annotation.value().asString())
        .findFirst()
        .orElseGet(
            () -> method.name().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT));
  }
}

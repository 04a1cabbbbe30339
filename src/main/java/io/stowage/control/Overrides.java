package io.stowage.control;

import io.stowage.api.ErrorCode;
import io.stowage.catalog.Likeness;
import io.stowage.catalog.SettingSpec;
import io.stowage.protocol.CatalogDocument.Manager;
import io.stowage.protocol.Problem.Fault;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what a request overrides of IO managers against the settings that their types have. */
final class Overrides {
  private static final Map<String, Predicate<String>> FORMS =
      Map.ofEntries(
          Map.entry("int", number(Integer::parseInt)),
          Map.entry("Integer", number(Integer::parseInt)),
          Map.entry("OptionalInt", number(Integer::parseInt)),
          Map.entry("long", number(Long::parseLong)),
          Map.entry("Long", number(Long::parseLong)),
          Map.entry("OptionalLong", number(Long::parseLong)),
          Map.entry("short", number(Short::parseShort)),
          Map.entry("byte", number(Byte::parseByte)),
          Map.entry("double", number(Double::parseDouble)),
          Map.entry("Double", number(Double::parseDouble)),
          Map.entry("OptionalDouble", number(Double::parseDouble)),
          Map.entry("float", number(Float::parseFloat)),
          Map.entry("BigDecimal", number(BigDecimal::new)),
          Map.entry("boolean", form("true|false")),
          Map.entry("Boolean", form("true|false")),
          Map.entry("Duration", form("\\d+(ns|us|ms|s|m|h|d)?|-?P.+")),
          Map.entry("MemorySize", form("\\d+[KkMmGgTtPpEeZzYy]?")),
          Map.entry("char", form("(?s).")));

  private final Map<String, Manager> managers;
  private final List<Fault> faults;

  Overrides(Map<String, Manager> managers, List<Fault> faults) {
    this.managers = managers;
    this.faults = faults;
  }

  /** Settings by IO manager key, from {@code {"io": {"lake": {"codec": "zstandard"}}}}. */
  Map<String, Map<String, String>> of(@Nullable Map<String, Object> config) {
    var overrides = new LinkedHashMap<String, Map<String, String>>();
    if (config == null) {
      return overrides;
    }
    config.forEach(
        (name, value) -> {
          if (!name.equals("io") || !(value instanceof Map<?, ?> io)) {
            fault(
                "config." + name,
                ErrorCode.UNKNOWN_SETTING,
                "a run can override settings of IO managers: config.io.<key>.<setting>");
            return;
          }
          io.forEach(
              (key, settings) -> overrides.put((String) key, manager((String) key, settings)));
        });
    return overrides;
  }

  private Map<String, String> manager(String key, @Nullable Object settings) {
    var values = new LinkedHashMap<String, String>();
    String field = "config.io." + key;
    Manager manager = managers.get(key);
    if (manager == null) {
      fault(
          field,
          ErrorCode.UNKNOWN_MANAGER,
          "there is no IO manager '" + key + "': " + meant(key, new TreeSet<>(managers.keySet())));
    } else if (settings instanceof Map<?, ?> map) {
      flatten(field, "", map, values, manager);
      values.forEach((name, value) -> check(field, manager, name, value));
    } else {
      fault(field, ErrorCode.INVALID_REQUEST, "settings of an IO manager are a map");
    }
    return values;
  }

  private void flatten(
      String field, String prefix, Map<?, ?> map, Map<String, String> values, Manager manager) {
    map.forEach(
        (name, value) -> {
          String whole = prefix + name;
          if (value instanceof Map<?, ?> deeper) {
            flatten(field, whole + ".", deeper, values, manager);
          } else if (value instanceof List<?> list && isList(manager, whole)) {
            elements(field, whole, list, values, manager);
          } else if (value == null || value instanceof Collection<?>) {
            fault(
                field + "." + whole,
                ErrorCode.INVALID_REQUEST,
                "a setting is text, a number, or true or false");
          } else {
            values.put(whole, value.toString());
          }
        });
  }

  private static boolean isList(Manager manager, String name) {
    return manager.settings().stream()
        .map(SettingSpec::name)
        .anyMatch(
            spec -> {
              int last = spec.lastIndexOf("[*]");
              int first = spec.indexOf("[*]");
              return first >= 0
                  && (matches(spec.substring(0, first), name)
                      || matches(spec.substring(0, last), name));
            });
  }

  private void elements(
      String field, String name, List<?> list, Map<String, String> values, Manager manager) {
    if (list.isEmpty()) {
      fault(
          field + "." + name,
          ErrorCode.INVALID_REQUEST,
          "an empty list cannot be told from none: name one element at least");
    }
    for (int i = 0; i < list.size(); i++) {
      var one = new LinkedHashMap<String, @Nullable Object>();
      one.put(name + "[" + i + "]", list.get(i));
      flatten(field, "", one, values, manager);
    }
  }

  private void check(String field, Manager manager, String name, String value) {
    Optional<SettingSpec> spec = spec(manager, name);
    if (spec.isEmpty()) {
      var known = new TreeSet<>(manager.settings().stream().map(SettingSpec::name).toList());
      fault(
          field + "." + name,
          ErrorCode.UNKNOWN_SETTING,
          "an IO manager of type '"
              + manager.type()
              + "' has no setting '"
              + name
              + "': "
              + meant(name, known));
    } else if (spec.get().locked()) {
      fault(
          field + "." + name,
          ErrorCode.LOCKED_SETTING,
          "the setting '" + name + "' is its operator's: a run cannot override it");
    } else if (value.contains("${")) {
      fault(
          field + "." + name,
          ErrorCode.INVALID_REQUEST,
          "a run's setting stands for itself: it cannot refer to another one by '${'");
    } else {
      fits(field + "." + name, spec.get().type(), value);
    }
  }

  private void fits(String field, String type, String value) {
    int words = type.indexOf('(');
    if (words > 0) {
      var constants = List.of(type.substring(words + 1, type.length() - 1).split("\\|"));
      if (constants.stream().noneMatch(constant -> bare(constant).equals(bare(value)))) {
        fault(
            field,
            ErrorCode.INVALID_REQUEST,
            "'" + value + "' is no " + type.substring(0, words) + ": there are " + constants);
      }
    } else if (FORMS.containsKey(type) && !FORMS.get(type).test(value)) {
      fault(field, ErrorCode.INVALID_REQUEST, "'" + value + "' is no " + type);
    }
  }

  /** Constants are written in any case, with hyphens or underscores. */
  private static String bare(String word) {
    return word.strip().toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }

  private static String meant(String word, Collection<String> known) {
    return Likeness.nearest(word, known)
        .map(near -> "is '" + near + "' meant?")
        .orElseGet(() -> known.isEmpty() ? "it has none" : "there are " + known);
  }

  private static Optional<SettingSpec> spec(Manager manager, String name) {
    return manager.settings().stream().filter(each -> matches(each.name(), name)).findFirst();
  }

  /** Of a list either the elements are named, or all of them in one text. */
  private static boolean matches(String spec, String name) {
    String pattern =
        spec.replace(".*", ".<>")
            .replace("[*]", "[<>]")
            .replace(".", "\\.")
            .replaceFirst("\\[<>]$", "(\\\\[\\\\d{1,4}])?")
            .replace("[<>]", "\\[\\d{1,4}]")
            .replace("<>", ".+?");
    return name.matches(pattern);
  }

  private static Predicate<String> number(Consumer<String> reading) {
    return text -> {
      try {
        reading.accept(text);
        return !text.isBlank() && text.strip().equals(text);
      } catch (NumberFormatException e) {
        return false;
      }
    };
  }

  private static Predicate<String> form(String pattern) {
    return Pattern.compile(pattern).asMatchPredicate();
  }

  private void fault(String field, ErrorCode code, String message) {
    faults.add(new Fault(field, code.word(), message));
  }
}

package io.stowage.control;

import io.stowage.api.ErrorCode;
import io.stowage.catalog.SettingSpec;
import io.stowage.protocol.CatalogDocument.Manager;
import io.stowage.protocol.Problem.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what a request overrides of IO managers against the settings that their types have. */
final class Overrides {
  private static final Map<String, Pattern> FORMS =
      Map.of(
          "int", Pattern.compile("[+-]?\\d{1,10}"),
          "Integer", Pattern.compile("[+-]?\\d{1,10}"),
          "OptionalInt", Pattern.compile("[+-]?\\d{1,10}"),
          "long", Pattern.compile("[+-]?\\d{1,19}"),
          "Long", Pattern.compile("[+-]?\\d{1,19}"),
          "double", Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?"),
          "boolean", Pattern.compile("true|false"),
          "Boolean", Pattern.compile("true|false"),
          "Duration", Pattern.compile("\\d+(ns|us|ms|s|m|h|d)?|-?P.+"),
          "char", Pattern.compile("(?s)."));

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
          "there is no IO manager '" + key + "': there are " + new TreeSet<>(managers.keySet()));
    } else if (settings instanceof Map<?, ?> map) {
      flatten("", map, values);
      values.forEach((name, value) -> check(field, manager, name, value));
    } else {
      fault(field, ErrorCode.INVALID_REQUEST, "settings of an IO manager are a map");
    }
    return values;
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> values) {
    map.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> deeper) {
            flatten(prefix + name + ".", deeper, values);
          } else {
            values.put(prefix + name, String.valueOf(value));
          }
        });
  }

  private void check(String field, Manager manager, String name, String value) {
    Optional<SettingSpec> spec =
        manager.settings().stream().filter(each -> matches(each.name(), name)).findFirst();
    if (spec.isEmpty()) {
      fault(
          field + "." + name,
          ErrorCode.UNKNOWN_SETTING,
          "an IO manager of type '"
              + manager.type()
              + "' has no setting '"
              + name
              + "': it has "
              + new TreeSet<>(manager.settings().stream().map(SettingSpec::name).toList()));
    } else if (spec.get().locked()) {
      fault(
          field + "." + name,
          ErrorCode.LOCKED_SETTING,
          "the setting '" + name + "' is its operator's: a run cannot override it");
    } else if (FORMS.containsKey(spec.get().type())
        && !FORMS.get(spec.get().type()).matcher(value).matches()) {
      fault(
          field + "." + name,
          ErrorCode.INVALID_REQUEST,
          "'" + value + "' is no " + spec.get().type());
    }
  }

  private static boolean matches(String spec, String name) {
    return spec.equals(name)
        || (spec.endsWith(".*") && name.startsWith(spec.substring(0, spec.length() - 1)));
  }

  private void fault(String field, ErrorCode code, String message) {
    faults.add(new Fault(field, code.word(), message));
  }
}

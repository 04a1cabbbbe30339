package io.stowage.control.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement put together of parts, whose values have names, as {@code :run}: each part says what
 * it takes, and none has to know where it stands.
 *
 * @param text with {@code $1}, {@code $2}, … in place of the names
 * @param names in the order of their numbers
 */
public record NamedSql(String text, List<String> names) {
  // a cast has two colons
  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_]+)");

  public NamedSql {
    names = List.copyOf(names);
  }

  public static NamedSql of(String statement) {
    var names = new ArrayList<String>();
    String text =
        NAME.matcher(statement)
            .replaceAll(
                found -> {
                  String name = found.group(1);
                  if (!names.contains(name)) {
                    names.add(name);
                  }
                  return "\\$" + (names.indexOf(name) + 1);
                });
    return new NamedSql(text, names);
  }

  /**
   * The values in the order of their numbers.
   *
   * @throws IllegalArgumentException where one is not there
   */
  public @Nullable Object[] values(Map<String, ? extends @Nullable Object> byName) {
    return names.stream()
        .map(
            name -> {
              if (!byName.containsKey(name)) {
                throw new IllegalArgumentException("no value for :" + name);
              }
              return byName.get(name);
            })
        .toArray();
  }
}

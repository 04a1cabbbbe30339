package io.stowage.api.partition;

import io.stowage.api.StowageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a map of plain values, or members of an annotation. What is absent reads as empty
 * text, 0, or none.
 *
 * @param what is read, for messages
 */
record DataFields(String what, Map<String, ? extends @Nullable Object> data) {
  String text(String name) {
    Object value = data.get(name);
    return value == null ? "" : as(String.class, name, value);
  }

  String required(String name) {
    String text = text(name);
    if (text.isEmpty()) {
      throw Faults.configuration(what + " has no '" + name + "'");
    }
    return text;
  }

  int number(String name) {
    Object value = data.get(name);
    return value == null ? 0 : as(Number.class, name, value).intValue();
  }

  List<String> texts(String name) {
    return texts(name, data.get(name));
  }

  private List<String> texts(String name, @Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case String one -> List.of(one);
      case String[] several -> List.of(several);
      default -> {
        var texts = new ArrayList<String>();
        for (Object item : as(Collection.class, name, value)) {
          texts.add(as(String.class, name, item));
        }
        yield texts;
      }
    };
  }

  Map<String, List<String>> lists(String name) {
    var lists = new LinkedHashMap<String, List<String>>();
    map(name).data.forEach((key, value) -> lists.put(key, texts(name, value)));
    return lists;
  }

  DataFields map(String name) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    Object value = data.get(name);
    if (value != null) {
      Map<?, ?> given = as(Map.class, name, value);
      given.forEach((key, item) -> map.put(String.valueOf(key), item));
    }
    return new DataFields(name, map);
  }

  private <T> T as(Class<T> type, String name, @Nullable Object value) {
    if (!type.isInstance(value)) {
      throw Faults.configuration(
          what
              + " has a '"
              + name
              + "' that is not as it should be: "
              + Faults.quoted(String.valueOf(value)));
    }
    return type.cast(value);
  }

  StowageException unknownType() {
    return Faults.configuration(what + " cannot be of type " + Faults.quoted(text("type")));
  }
}

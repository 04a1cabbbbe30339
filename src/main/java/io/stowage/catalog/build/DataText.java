package io.stowage.catalog.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Declarations as text: a synthetic observer takes strings, but no objects of ours. */
final class DataText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DataText() {}

  static String of(Map<String, ? extends @Nullable Object> data) {
    try {
      return JSON.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a declaration is no JSON: " + data, e);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> parse(String text) {
    try {
      return JSON.readValue(text, Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a declaration cannot be read: " + text, e);
    }
  }
}

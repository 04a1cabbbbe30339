package io.stowage.control.rest;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stowage.protocol.Page;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON schemas that records of the protocol have; each record is named, and referred to. */
final class RecordSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Type, String> PLAIN =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(UUID.class, "string uuid"),
          Map.entry(Instant.class, "string date-time"),
          Map.entry(Duration.class, "string duration"),
          Map.entry(int.class, "integer int32"),
          Map.entry(Integer.class, "integer int32"),
          Map.entry(long.class, "integer int64"),
          Map.entry(Long.class, "integer int64"),
          Map.entry(double.class, "number double"));

  private final Map<String, ObjectNode> named = new TreeMap<>();
  private final Map<String, JavaType> types = new TreeMap<>();

  /** All that were named so far. */
  Map<String, ObjectNode> named() {
    return named;
  }

  JavaType type(String name) {
    return types.get(name);
  }

  ObjectNode of(Type type) {
    if (PLAIN.containsKey(type)) {
      String[] words = PLAIN.get(type).split(" ");
      ObjectNode plain = JSON.createObjectNode().put("type", words[0]);
      return words.length == 1 ? plain : plain.put("format", words[1]);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType().equals(List.class)) {
        return array(of(arguments[0]));
      }
      if (generic.getRawType().equals(Map.class)) {
        ObjectNode map = JSON.createObjectNode().put("type", "object");
        map.set("additionalProperties", of(arguments[1]));
        return map;
      }
      if (generic.getRawType().equals(Page.class)) {
        return page((Class<?>) arguments[0]);
      }
    }
    return type instanceof Class<?> record && record.isRecord()
        ? named(record)
        : JSON.createObjectNode();
  }

  private static ObjectNode array(ObjectNode items) {
    ObjectNode array = JSON.createObjectNode().put("type", "array");
    array.set("items", items);
    return array;
  }

  private static ObjectNode reference(String name) {
    return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
  }

  private ObjectNode page(Class<?> item) {
    String name = item.getSimpleName() + "Page";
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.set("items", array(of(item)));
    properties.putObject("cursor").put("type", "string");
    schema.putArray("required").add("items");
    named.put(name, schema);
    types.put(name, JSON.getTypeFactory().constructParametricType(Page.class, item));
    return reference(name);
  }

  private ObjectNode named(Class<?> record) {
    Class<?> outer = record.getEnclosingClass();
    String name = (outer == null ? "" : outer.getSimpleName()) + record.getSimpleName();
    if (!named.containsKey(name)) {
      named.put(name, JSON.createObjectNode()); // it may refer to itself
      types.put(name, JSON.constructType(record));
      named.put(name, schema(record));
    }
    return reference(name);
  }

  private ObjectNode schema(Class<?> record) {
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.createArrayNode();
    for (RecordComponent component : record.getRecordComponents()) {
      String name =
          PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
      properties.set(name, of(component.getGenericType()));
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(name);
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  /** What a document says beside the form, for who reads it. */
  static JsonNode withoutWords(JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    strip(copy);
    return copy;
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("description").isTextual()) {
      object.remove("description");
    }
    node.forEach(RecordSchemas::strip);
  }
}

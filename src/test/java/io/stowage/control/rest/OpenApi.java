package io.stowage.control.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The document that the server answers at {@code /v1/openapi}, as a test asks it. */
public record OpenApi(JsonNode root) {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

  /** One call: {@code POST /v1/runs}. */
  public record Operation(String method, String path, JsonNode node) {
    @Override
    public String toString() {
      return method + " " + path;
    }

    /** Empty where any token will do. */
    public String role() {
      return node.at("/security/0/bearer/0").asText("");
    }
  }

  public static OpenApi packaged() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            OpenApiResource.class.getResourceAsStream(OpenApiResource.DOCUMENT))) {
      return new OpenApi(new YAMLMapper().readTree(in));
    }
  }

  public List<Operation> operations() {
    var all = new ArrayList<Operation>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(each -> METHODS.contains(each.getKey()))
                    .forEach(
                        each ->
                            all.add(
                                new Operation(
                                    each.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    each.getValue()))));
    return all;
  }

  public Operation operation(String id) {
    return operations().stream()
        .filter(each -> each.node().path("operationId").asText().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + id));
  }

  /** What a reference stands for; the node itself where it is none. */
  public JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    if (reference.isMissingNode()) {
      return node;
    }
    JsonNode found = root.at(reference.asText().substring(1));
    assertThat(found.isMissingNode()).as(reference.asText()).isFalse();
    return found;
  }

  /** The values of the examples of a body's content. */
  public Stream<JsonNode> examples(JsonNode content) {
    return content.path("examples").valueStream().map(each -> resolved(each).path("value"));
  }

  /**
   * Fails where a value has not the form of a schema; says where.
   *
   * @param at where the value stands
   */
  public void check(JsonNode value, JsonNode given, String at) {
    JsonNode schema = resolved(given);
    switch (schema.path("type").asText()) {
      case "object" -> {
        assertThat(value.isObject()).as(at + " is an object: " + value).isTrue();
        schema
            .path("required")
            .forEach(name -> assertThat(value.has(name.asText())).as(at + "." + name).isTrue());
        value
            .properties()
            .forEach(
                each -> {
                  JsonNode property = schema.path("properties").path(each.getKey());
                  JsonNode form =
                      property.isMissingNode() ? schema.path("additionalProperties") : property;
                  assertThat(form.isMissingNode())
                      .as(at + "." + each.getKey() + " is described")
                      .isFalse();
                  check(each.getValue(), form, at + "." + each.getKey());
                });
      }
      case "array" -> {
        assertThat(value.isArray()).as(at + " is a list: " + value).isTrue();
        value.forEach(each -> check(each, schema.path("items"), at + "[]"));
      }
      case "string" -> assertThat(value.isTextual()).as(at + " is a text: " + value).isTrue();
      case "integer" ->
          assertThat(value.isIntegralNumber()).as(at + " is a whole number: " + value).isTrue();
      case "number" -> assertThat(value.isNumber()).as(at + " is a number: " + value).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(at + " is true or false").isTrue();
      default -> assertThat(schema.has("type")).as(at + ": " + schema).isFalse();
    }
  }
}
